package gateway

import (
	"context"
	"time"

	"parley/gateway/directory"
)

// AuditEntry is that somebody of ours saw or did something. What it is about is
// named by ids; what does not apply is empty.
type AuditEntry struct {
	ID           string
	At           time.Time
	Staff        directory.StaffID
	Action       string // "saw case", "accepted"
	Case         directory.CaseReference
	Person       directory.PersonID
	Conversation ConversationID
	Object       string // the id of anything else
	Reason       string // that they gave; sealed at rest
}

// AuditQuery chooses entries. What it leaves empty may be anything.
type AuditQuery struct {
	Staff    directory.StaffID
	Case     directory.CaseReference
	Person   directory.PersonID
	From, To time.Time // To not included
	Before   string    // the last id of the page before
	Limit    int       // 0: 50
}

// Audit keeps what staff saw and did. Entries are only ever added.
//
// Once a minute what was added is sealed: a seal is a keyed hash of its entries
// and of the seal before it, so that nothing that is sealed can be changed, put
// in or taken out unnoticed, not even by who can write to the database but has
// not the secret (as RFC 6962 does for certificates, with a chain for a tree).
type Audit interface {
	// RecordAudit keeps entries, all or none.
	RecordAudit(ctx context.Context, entries ...AuditEntry) error

	// AuditEntries returns entries, the latest first.
	AuditEntries(ctx context.Context, q AuditQuery) ([]AuditEntry, error)

	// SealAudit seals what was added up to the last whole minute but one, and
	// returns how many entries that were. Several nodes may call it at once: one
	// of them seals.
	SealAudit(ctx context.Context, now time.Time) (entries int, err error)

	// VerifyAudit goes through all seals, in bounded memory.
	VerifyAudit(ctx context.Context) (AuditProof, error)
}

// AuditProof is what became of the seals.
type AuditProof struct {
	Seals    int
	Entries  int    // under them
	Unsealed int    // added since the last
	Last     string // the hash of the last seal, to be kept elsewhere too
	Problems []AuditProblem
}

// AuditProblem is a seal that does not hold.
type AuditProblem struct {
	Seal     int
	From, To time.Time
	What     string // "the seal is missing", "3 entries, sealed were 4", "an entry was changed"
}
