package directory_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/gateway/directory"
)

func TestWhoAnAddressIdentifies(t *testing.T) {
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	sound := directory.Holder{Person: "P1", Since: ago(365 * 24 * time.Hour), Confirmed: ago(time.Hour)}
	with := func(change func(*directory.Holder)) directory.Standing {
		h := sound
		change(&h)
		return directory.Standing{Holders: []directory.Holder{h}}
	}
	tests := []struct {
		name     string
		standing directory.Standing
		want     directory.Reason
	}{
		{"held by one, for a year, heard from today", with(func(*directory.Holder) {}), ""},
		{"since when is not known: for long", with(func(h *directory.Holder) { h.Since = time.Time{} }), ""},
		{"nobody holds it", directory.Standing{}, directory.NotHeld},
		{"two hold it", directory.Standing{Holders: []directory.Holder{sound, {Person: "R1"}}}, directory.Shared},
		{"held a moment less than 7 days", with(func(h *directory.Holder) { h.Since = ago(directory.Settled - 1) }), directory.RecentlyChanged},
		{"held 7 days", with(func(h *directory.Holder) { h.Since = ago(directory.Settled) }), ""},
		{"held from tomorrow on", with(func(h *directory.Holder) { h.Since = ago(-24 * time.Hour) }), directory.RecentlyChanged},
		{"silent for six months", with(func(h *directory.Holder) { h.Confirmed = ago(directory.Silence) }), ""},
		{"silent a moment longer", with(func(h *directory.Holder) { h.Confirmed = ago(directory.Silence + 1) }), directory.Silent},
		{"never confirmed", with(func(h *directory.Holder) { h.Confirmed = time.Time{} }), directory.Silent},
		{"the carrier says it is gone", with(func(h *directory.Holder) { h.Signalled = true }), directory.Signalled},
		{"suspended", directory.Standing{Holders: []directory.Holder{sound}, Suspended: true}, directory.Suspended},
		{"suspended and held by nobody", directory.Standing{Suspended: true}, directory.Suspended},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			person, reason := test.standing.Identify(now)
			if reason != test.want || (person == "P1") != (test.want == "") {
				t.Errorf("identifies %q, because %q; want the reason %q", person, reason, test.want)
			}
		})
	}
}

// Nothing that makes an address less sure may ever identify somebody.
func TestAnAddressIdentifiesOnlyItsOneSettledHolder(t *testing.T) {
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	holder := rapid.Custom(func(t *rapid.T) directory.Holder {
		ago := func(name string) time.Time {
			return now.Add(-time.Duration(rapid.Int64Range(-24, 400*24).Draw(t, name)) * time.Hour)
		}
		return directory.Holder{
			Person: directory.PersonID(rapid.SampledFrom([]string{"P1", "R1", "R2"}).Draw(t, "person")),
			Since:  ago("since"), Confirmed: ago("confirmed"), Signalled: rapid.Bool().Draw(t, "signalled"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		s := directory.Standing{
			Holders:   rapid.SliceOfN(holder, 0, 3).Draw(t, "holders"),
			Suspended: rapid.Bool().Draw(t, "suspended"),
		}
		person, reason := s.Identify(now)
		if (person == "") != (reason != "") {
			t.Fatalf("%q, because %q: either somebody or a reason", person, reason)
		}
		if person == "" {
			return
		}
		h := s.Holders[0]
		if len(s.Holders) > 1 || h.Person != person || s.Suspended || h.Signalled ||
			now.Sub(h.Since) < 7*24*time.Hour || now.Sub(h.Confirmed) > 183*24*time.Hour {
			t.Fatalf("%+v identifies %s", s, person)
		}
	})
}

func TestIdentityNames(t *testing.T) {
	want := []string{"unknown", "known", "confirmed", "checked"}
	for level, name := range want {
		if got := directory.Identity(level).String(); got != name {
			t.Errorf("level %d is %s, want %s", level, got, name)
		}
	}
	if directory.Identity(99).String() != "unknown" || directory.Identity(-1).String() != "unknown" {
		t.Error("a level that there is not must be unknown")
	}
}
