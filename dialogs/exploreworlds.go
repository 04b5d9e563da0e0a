package dialogs

import (
	"fmt"
	"slices"

	"parley/templates"
)

// worlds are the facts around a conversation that make a difference: those
// that conditions tell apart or that words differ by.
func (t *told) worlds(d *Dialog) []Facts {
	base := Facts{Today: transcriptDay, HandoffBy: transcriptDay.AddDays(handoffDays), ByUs: true}
	identity := d.Identity
	if identity == "confirmed" || identity == "checked" { // which is asked for in time
		identity = "known"
	}
	list := times([]Facts{base}, t.channels(d), func(f *Facts, channel string) { f.Channel = channel })
	list = times(list, t.apart("identity", append([]string{identity}, identities()...)), func(f *Facts, level string) { f.Identity = level })
	list = times(list, t.apart("role", roles()), func(f *Facts, role string) { f.Role = role })
	list = times(list, t.apart("nation", nations()), func(f *Facts, nation string) { f.Nation = nation })
	list = times(list, households(d), func(f *Facts, children []Child) { f.Children = children })
	list = times(list, []bool{false, true}, func(f *Facts, discreet bool) { f.Discreet = discreet })
	list = times(list, d.Languages, func(f *Facts, language templates.Language) { f.Language = language })
	return slices.DeleteFunc(list, func(f Facts) bool { // in others than the first only the longest labels are others
		return f.Language != d.Languages[0] && (f.Channel != onSMS || f.Discreet)
	})
}

// times makes each of the facts once for every value.
func times[T any](list []Facts, values []T, set func(*Facts, T)) []Facts {
	var all []Facts
	for _, facts := range list {
		for _, value := range values {
			set(&facts, value)
			all = append(all, facts)
		}
	}
	return all
}

// apart leaves of what a name can be one of each that conditions tell apart.
func (t *told) apart(name string, can []string) []string {
	var list []string
	for _, one := range can {
		if !slices.ContainsFunc(list, func(other string) bool { return t.alike(name, one, other) }) {
			list = append(list, one)
		}
	}
	return list
}

// channels are text messages, and the others on which a dialog is another.
func (t *told) channels(d *Dialog) []string {
	return slices.DeleteFunc(Channels(), func(channel string) bool {
		differs := slices.ContainsFunc(d.steps, func(s step) bool {
			_, say := s.say[templates.English][channel]
			_, help := s.help[templates.English][channel]
			return say || help
		})
		return channel != onSMS && !differs && !t.reads("channel")
	})
}

// households are the children on the case: none, one, two and as many as there
// may be, with names as long as any.
func households(d *Dialog) [][]Child {
	if !d.ReadsChildren() {
		return [][]Child{nil}
	}
	var most []Child
	for n := range maxItems {
		most = append(most, Child{ID: fmt.Sprintf("C%d", n+1), Name: fmt.Sprintf("Zqxchild%d Bartholomew", n+1), Age: 10 + n%10, Nights: 100 + n})
	}
	return [][]Child{nil, most[:1], most[:2], most}
}
