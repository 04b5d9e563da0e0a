package gateway

// Understanding reads what a message is about, before any dialog reads it as
// an answer. It is pure, quick and safe for concurrent use, and takes any text.
type Understanding interface {
	Read(text string) Reading
}

// Reading is what a message is about. It is recorded with the turn.
type Reading struct {
	Intent string `json:"intent"`           // "none" when unsure
	Danger Danger `json:"danger,omitempty"` // interrupts everything
}

// Danger is a kind of danger; see danger.go for what each leads to.
type Danger string

// The kinds. The empty Danger is none.
const (
	NoDanger    Danger = ""
	Watched     Danger = "watched"
	Abuse       Danger = "abuse"
	ChildAtRisk Danger = "child at risk"
	SelfHarm    Danger = "self-harm"
	Threat      Danger = "threat"
)
