package gateway

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"parley/dialogs/answers"
	"parley/gateway/directory"
)

// Timelines is what the store knows of people over all their conversations.
type Timelines interface {
	// PersonMessages returns up to limit messages to and from a person, the
	// latest first, from before a message on; the empty id is the latest.
	PersonMessages(ctx context.Context, person directory.PersonID, before MessageID, limit int) ([]PersonMessage, error)

	// PersonConversations returns up to limit conversations of a person, without
	// their states, the latest first.
	PersonConversations(ctx context.Context, person directory.PersonID, limit int) ([]Conversation, error)
}

// PersonMessage is a message in the timeline of a person.
type PersonMessage struct {
	MessageView
	Person       directory.PersonID
	Conversation ConversationID          // empty outside any
	Case         directory.CaseReference // its own, or that of the conversation; empty: of none
	Dialog       string                  // of the conversation
	Notice       string                  // its name, when it is one
	Kind         string                  // what was done with what they wrote
	Reading      Reading
}

// Searcher is what the store finds by words and numbers. Each method returns at
// most limit, the latest first.
type Searcher interface {
	// FindMessages finds what people and staff wrote that has all of some words,
	// in any order; words are whole, without regard to case and accents. Where
	// all of them are common only the latest messages are looked through.
	FindMessages(ctx context.Context, words []string, limit int) ([]FoundMessage, error)

	// FindPeople finds people whose names have all of some words.
	FindPeople(ctx context.Context, words []string, limit int) ([]directory.PersonID, error)

	// PartsOf returns the parts of people in cases, in the order asked for.
	PartsOf(ctx context.Context, people []directory.PersonID) ([]CasePart, error)

	// HoldersOf returns who holds an address.
	HoldersOf(ctx context.Context, a Address, limit int) ([]directory.PersonID, error)

	// CaseOf returns the case that a reference belongs to, also that of one of
	// its receiving parents, or ErrNotFound.
	CaseOf(ctx context.Context, reference directory.CaseReference) (directory.CaseReference, error)
}

// CasePart is somebody's part in a case, with their name.
type CasePart struct {
	directory.Party
	Name string
}

// FoundMessage is a message that was found by its words.
type FoundMessage struct {
	Message      MessageID
	Person       directory.PersonID
	Case         directory.CaseReference
	Conversation ConversationID
	Text         string
	At           time.Time
}

// Found is one answer to a search.
type Found struct {
	Why     FoundBy
	Case    directory.CaseReference
	Person  directory.PersonID // empty: the case as a whole
	Name    string
	Role    directory.Role
	Message *FoundMessage // when it was found by its words
}

// FoundBy is by what something was found.
type FoundBy string

// What can be searched for.
const (
	ByReference FoundBy = "reference"
	ByName      FoundBy = "name"
	ByAddress   FoundBy = "address"
	ByWords     FoundBy = "words"
)

// mostFound is how many answers a search has at most of each kind.
const mostFound = 50

// ErrNoQuery says that there is nothing to search for.
var ErrNoQuery = errors.New("there is nothing to search for")

var notWord = regexp.MustCompile(`[^\p{L}\p{N}]+`)

// Search finds cases and people by a case reference, a phone number, an email
// address, a name, or words that somebody wrote. What the member of staff may
// not see is not there; of a case that has to be opened with a reason there is
// its reference alone.
func (g *Gateway) Search(ctx context.Context, by directory.StaffID, query string) ([]Found, error) {
	query = strings.TrimSpace(clean(query))
	if query == "" {
		return nil, ErrNoQuery
	}
	found, err := g.lookUp(ctx, query)
	if err != nil {
		return nil, fmt.Errorf("searching: %w", err)
	}
	shown, err := g.shown(ctx, by, found)
	if err != nil {
		return nil, fmt.Errorf("looking what of a search may be seen: %w", err)
	}
	return shown, nil
}

// lookUp finds, for nobody in particular.
func (g *Gateway) lookUp(ctx context.Context, query string) ([]Found, error) {
	digits := notWord.ReplaceAllString(query, "")
	if len(digits) == 12 && strings.Trim(digits, "0123456789") == "" {
		reference, err := g.Store.CaseOf(ctx, directory.CaseReference(digits))
		if errors.Is(err, ErrNotFound) {
			return nil, nil
		}
		return []Found{{Why: ByReference, Case: reference}}, err
	}
	if a, ok := addressFrom(query); ok {
		people, err := g.Store.HoldersOf(ctx, a, mostFound)
		if err != nil {
			return nil, err
		}
		return g.partsOf(ctx, ByAddress, people)
	}
	words := strings.Fields(notWord.ReplaceAllString(query, " "))
	if len(words) == 0 {
		return nil, nil
	}
	people, err := g.Store.FindPeople(ctx, words, mostFound)
	if err != nil {
		return nil, err
	}
	found, err := g.partsOf(ctx, ByName, people)
	if err != nil {
		return nil, err
	}
	messages, err := g.Store.FindMessages(ctx, words, mostFound)
	for i, m := range messages {
		found = append(found, Found{Why: ByWords, Case: m.Case, Person: m.Person, Message: &messages[i]})
	}
	return found, err
}

// addressFrom reads a query as a phone number or an email address.
func addressFrom(query string) (Address, bool) {
	if strings.Contains(query, "@") {
		email, err := answers.ReadEmail(query, answers.Context{})
		return Address{Channel: directory.Email, Value: email}, err == nil
	}
	phone, err := answers.ReadPhone(query, answers.Context{})
	return Address{Channel: directory.SMS, Value: phone.E164}, err == nil
}

// partsOf are the parts in cases of people who were found.
func (g *Gateway) partsOf(ctx context.Context, why FoundBy, people []directory.PersonID) ([]Found, error) {
	parts, err := g.Store.PartsOf(ctx, people)
	found := make([]Found, len(parts))
	for i, p := range parts {
		found[i] = Found{Why: why, Case: p.Case, Person: p.Person, Name: p.Name, Role: p.Role}
	}
	return found, err
}

// placed finds a case for each message that somebody wrote outside any
// conversation.
func (g *Gateway) placed(ctx context.Context, found []Found) error {
	var people []directory.PersonID
	for i := range found {
		if f := &found[i]; f.Case == "" && f.Person != "" {
			people = append(people, f.Person)
		}
	}
	parts, err := g.Store.PartsOf(ctx, people)
	if err != nil {
		return err
	}
	for i := range found {
		if f := &found[i]; f.Case == "" && f.Person != "" {
			if p := slices.IndexFunc(parts, func(p CasePart) bool { return p.Person == f.Person }); p >= 0 {
				f.Case = parts[p].Case
			}
		}
	}
	return nil
}

// shown is what somebody may see of what was found.
func (g *Gateway) shown(ctx context.Context, by directory.StaffID, found []Found) ([]Found, error) {
	if err := g.placed(ctx, found); err != nil {
		return nil, err
	}
	var references []directory.CaseReference
	for _, f := range found {
		if f.Case != "" && !slices.Contains(references, f.Case) {
			references = append(references, f.Case)
		}
	}
	seen, err := g.maySeeEach(ctx, by, references)
	if err != nil {
		return nil, err
	}
	var shown []Found
	for _, f := range found {
		s, known := seen[f.Case]
		if !known {
			continue
		}
		if s.reasonNeeded {
			f = Found{Why: f.Why, Case: f.Case}
		}
		shown = append(shown, f)
	}
	return shown, nil
}
