package gatewaytest

import (
	"slices"
	"sync"
	"testing"

	"parley/dialogs"
	"parley/dialogs/scripts"
	"parley/dialogs/understanding"
	"parley/gateway"
	"parley/templates/notices"
)

// What the product ships is read once for all tests of a process: it takes
// longer than most of them do.
var (
	shippedDialogs = sync.OnceValues(func() ([]*dialogs.Dialog, error) { return dialogs.Load(scripts.FS) })
	shippedNotices = sync.OnceValues(func() ([]*notices.Notice, error) { return notices.Load(notices.FS) })
	shippedModel   = sync.OnceValues(understanding.New)
)

// Dialogs are those that the product ships. The list is the caller's, what is in
// it is shared and not to be changed.
func Dialogs(tb testing.TB) []*dialogs.Dialog {
	tb.Helper()
	all, err := shippedDialogs()
	if err != nil {
		tb.Fatal(err)
	}
	return slices.Clone(all)
}

// Notices are those that the product ships, shared as Dialogs are.
func Notices(tb testing.TB) []*notices.Notice {
	tb.Helper()
	all, err := shippedNotices()
	if err != nil {
		tb.Fatal(err)
	}
	return slices.Clone(all)
}

// Understanding is the product's model, with all that it tells.
func Understanding(tb testing.TB) gateway.Understanding {
	tb.Helper()
	model, err := shippedModel()
	if err != nil {
		tb.Fatal(err)
	}
	return reader{model}
}

type reader struct{ model *understanding.Reader }

func (r reader) Read(text string) gateway.Reading {
	read := r.model.Read(text)
	return gateway.Reading{
		Intent: read.Intent, Confidence: read.Confidence, Alternatives: read.Alternatives, Doubt: read.Doubt, Others: read.Others,
		Passing: !read.Firm, Elsewhere: read.Whose == understanding.OtherPerson, Own: read.Whose == understanding.Own, Language: read.Language,
		Wish: string(read.Wish), Pointer: string(read.Pointer), Danger: gateway.Danger(read.Danger), Worry: gateway.Danger(read.Worry),
	}
}
