package gateway

import (
	"context"
	"errors"
	"strings"
	"time"

	"parley/gateway/directory"
	"parley/templates"
)

// Call is a telephone call that somebody makes to us. It is a visit by
// telephone: the visit says who it is with and how sure we are of it, and keeps
// what is said. The number that somebody calls from proves nothing, and is kept
// for whoever answers.
type Call struct {
	ID       VisitID
	From     string // the caller's number, E.164; empty: withheld
	State    CallState
	Claimed  directory.CaseReference // the reference that the caller keyed in, which proves nothing
	Person   directory.PersonID      // once they have shown who they are
	Case     directory.CaseReference
	Language templates.Language
	Talk     ConversationID   // the last conversation in the call
	Topic    string           // the last dialog that it was about
	Danger   bool             // words that suggest danger were said
	Asked    bool             // the caller wanted a person
	Left     CallLeft         // what the caller left instead of waiting
	Team     directory.TeamID // that it waits for, or was answered by
	Task     string           // the work item of its waiting
	Voice    FileID           // the voicemail, once it is fetched

	// Recording is the provider's id of a voicemail, and Fetch when to fetch it
	// from there; zero when there is none to fetch.
	Recording string
	Fetch     time.Time

	Began    time.Time
	Seen     time.Time // when the caller was last there
	Queued   time.Time // since when they wait for a person; zero: they do not
	Answered time.Time // when a person took it; zero: nobody has
	Ended    time.Time // zero while it goes on

	Version int // the compare-and-set
}

// CallState is where a call is. It only ever moves forward.
type CallState string

// The states of a call. After a person has taken it, who took it closes its work
// item.
const (
	CallTalking  CallState = "talking"  // with a dialog
	CallWaiting  CallState = "waiting"  // for a person
	CallAnswered CallState = "answered" // by a person
	CallEnded    CallState = "ended"
)

// CallLeft is what a caller leaves instead of waiting.
type CallLeft string

// A caller may ask to be called back, in the place that they have, or leave a
// voicemail, or ask for the dialog by text.
const (
	LeftNothing   CallLeft = ""
	LeftCallback  CallLeft = "callback"
	LeftVoicemail CallLeft = "voicemail"
	LeftText      CallLeft = "text"
)

// callKey is the key of a work item about a call.
func callKey(kind WorkItemKind, id VisitID) string { return string(kind) + "/" + string(id) }

// CallOf is the call that a work item is about, if it is about one: that of
// somebody who waits where there is danger is a DangerWork.
func CallOf(w WorkItem) (VisitID, bool) {
	kind, id, _ := strings.Cut(w.Key, "/")
	switch WorkItemKind(kind) {
	case CallWork, MissedCallWork, VoicemailWork, CallbackWork:
		return VisitID(id), true
	}
	return "", false
}

// Why something cannot be done in a call.
var (
	// ErrUnclear: what was said was not heard well enough to be an answer.
	ErrUnclear = errors.New("not heard well enough")
	// ErrNotSafe: nobody is confirmed in the call, or the record has no number
	// or address of theirs that is safe for this.
	ErrNotSafe = errors.New("there is no safe way to reach the caller")
)

// Calls keeps calls. A call is found by a secret, as a visit is, and what is
// known of it is sealed.
type Calls interface {
	// BeginCall keeps a new call and its visit, which the secret finds.
	// ErrDuplicate when there is a call of this secret.
	BeginCall(ctx context.Context, c Call, secret string) error

	// CallBySecret returns the call of a secret, and Call the one of an ID, also
	// when it has ended; ErrNotFound.
	CallBySecret(ctx context.Context, secret string) (Call, error)
	Call(ctx context.Context, id VisitID) (Call, error)

	// KeepCall keeps a call as it is now, under the next version. ErrConflict
	// when it is not of the version that is kept.
	KeepCall(ctx context.Context, c Call) error

	// SpeakInCall changes the language of a call's visit. IdentifyCall makes the
	// visit of a call that is with nobody known one of a person, Confirmed, or
	// returns ErrNoVisit.
	SpeakInCall(ctx context.Context, id VisitID, language templates.Language) error
	IdentifyCall(ctx context.Context, id VisitID, person directory.PersonID, at time.Time) error

	// PartiesOf returns the parts in cases that a reference stands for: none
	// when there is no such reference.
	PartiesOf(ctx context.Context, reference directory.CaseReference) ([]directory.Party, error)

	// LastTalk is the conversation of the last message that was said in a call,
	// empty when there was none or it was outside any conversation.
	LastTalk(ctx context.Context, id VisitID) (ConversationID, error)

	// Unsaid reports whether something is still to be said in a call: a message
	// to it, or to its person by telephone, waits in the outbox or is on its way.
	Unsaid(ctx context.Context, to Address, person directory.PersonID) (bool, error)

	// WaitingCalls returns the calls that wait for a team, who waits longest
	// first; AnsweredCalls the last that it has answered, up to limit.
	WaitingCalls(ctx context.Context, team directory.TeamID) ([]Call, error)
	AnsweredCalls(ctx context.Context, team directory.TeamID, limit int) ([]Call, error)

	// SilentCalls returns up to limit calls that have not ended and whose caller
	// was last there before a time; Unfetched those whose voicemail is to be
	// fetched by then.
	SilentCalls(ctx context.Context, before time.Time, limit int) ([]Call, error)
	Unfetched(ctx context.Context, by time.Time, limit int) ([]Call, error)
}
