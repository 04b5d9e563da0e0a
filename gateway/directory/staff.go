package directory

import (
	"slices"
	"time"

	"parley/templates"
)

// StaffID names a member of staff, as sign-in and the audit know them.
type StaffID string

// StaffRole is what a member of staff may do in the console.
type StaffRole string

// The roles. A specialist sees protected cases and releases holds; a team
// leader sees and moves what their teams hold; an author sees dialogs, notices
// and figures without anybody's name; an auditor sees who did what.
const (
	Caseworker StaffRole = "caseworker"
	TeamLeader StaffRole = "team leader"
	Specialist StaffRole = "specialist"
	Author     StaffRole = "author"
	Auditor    StaffRole = "auditor"
)

// Skill is something that not everybody in a team can do.
type Skill string

// The skills that routing asks for.
const (
	SpeaksWelsh   Skill = "welsh"
	DomesticAbuse Skill = "domestic abuse"
	Complaints    Skill = "complaints"
)

// Skills lists them all.
func Skills() []Skill { return []Skill{SpeaksWelsh, DomesticAbuse, Complaints} }

// Staff is somebody who works for the service.
type Staff struct {
	ID       StaffID            `json:"id" yaml:"id"`
	Name     string             `json:"name" yaml:"name"`
	Email    string             `json:"email" yaml:"email"` // by which sign-in knows them
	Role     StaffRole          `json:"role" yaml:"role"`
	Teams    []TeamID           `json:"teams" yaml:"teams"` // their own first
	Skills   []Skill            `json:"skills" yaml:"skills"`
	Capacity int                `json:"capacity" yaml:"capacity"` // how many work items they hold at once
	Language templates.Language `json:"language" yaml:"language"` // of the console
	// Telephone is where calls that they take are put through to, E.164.
	Telephone string `json:"telephone" yaml:"telephone"`
}

// Can reports whether somebody has a skill.
func (s *Staff) Can(skill Skill) bool { return slices.Contains(s.Skills, skill) }

// In reports whether somebody works in a team.
func (s *Staff) In(team TeamID) bool { return slices.Contains(s.Teams, team) }

// Team is caseworkers who own cases together.
type Team struct {
	ID     TeamID `json:"id" yaml:"id"`
	Name   string `json:"name" yaml:"name"`
	Nation Nation `json:"nation" yaml:"nation"` // whose bank holidays it keeps
	Hours  Hours  `json:"hours" yaml:"hours"`   // in which it works, Europe/London
	// Specialist teams see to what is not for general overflow: cases with a
	// risk marker go to one, and never from one to a general team.
	Specialist bool   `json:"specialist" yaml:"specialist"`
	Overflow   []Rung `json:"overflow" yaml:"overflow"`
}

// Rung is a step of the ladder that work climbs which nobody in its team takes.
type Rung struct {
	Team  TeamID        `json:"team" yaml:"team"`
	After time.Duration `json:"after" yaml:"after"` // of the working hours of the team before
}
