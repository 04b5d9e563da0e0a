package dialogs

import "slices"

// privacy finds what is private and the words that hold it. A private answer
// makes private what is computed from it; what a call reads in the record is
// private whatever it was computed from.
//
// Private words say so, and are not said to somebody who is to be contacted
// discreetly. What the record holds is told only to somebody who is confirmed
// at that moment: a question that waits is passed by when they are not any more.
func (l *linker) privacy() {
	private, record := map[int]bool{}, map[int]bool{}
	for i := range l.dialog.steps {
		s := &l.dialog.steps[i]
		call, _ := signatureOf(s.call)
		record[i] = call.readsRecord || s.kind == setStep && anyOf(s.reads, record)
		switch s.kind {
		case askStep:
			private[i] = s.private
		case setStep, callStep:
			private[i] = s.private || record[i] || anyOf(s.reads, private) && !s.writes
		}
		reads := call.readsRecord || anyOf(s.reads, record) || s.ofRecord() || slices.ContainsFunc(s.check, func(i int) bool { return l.dialog.steps[i].ofRecord() })
		s.record = reads && l.dialog.proves()
		if s.ofRecord() && s.first() && !l.confirmed(s) {
			l.found(lintRecord, s.each.at, "what is repeated depends on what the record holds: add when: identity == \"confirmed\"")
		}
		if s.say == nil {
			s.quotes = s.kind == checkStep
			continue
		}
		holds := l.holds(s, s.say, private) || l.holds(s, s.help, private)
		s.quotes = holds || s.kind == checkStep || s.private && s.kind != askStep
		switch spared := s.when.requires("not discreet"); {
		case anyOf(s.reads, record) && !l.confirmed(s):
			l.found(lintRecord, s.at, "%q depends on what the record holds: add when: identity == \"confirmed\"", s.key)
		case holds && !s.private && !l.confirmed(s) && s.kind != askStep:
			l.found(lintPrivate, s.at, "%q says something private: add \"private: true\"", s.key)
		case holds && !spared && (l.tells(s, s.say, private) || l.tells(s, s.help, private)):
			l.found(lintPrivate, s.at, "%q says something private to people who are contacted discreetly: add \"discreet:\" words, or when: not discreet", s.key)
		}
	}
}

// namesItem reports whether a wording holds what the record says of a child.
func (s *step) namesItem(p phrase) bool {
	return slices.ContainsFunc(p.names(), func(name string) bool {
		field, ok := s.variableOf(name)
		return ok && field != "number"
	})
}

func anyOf(steps []int, marked map[int]bool) bool {
	return slices.ContainsFunc(steps, func(i int) bool { return marked[i] })
}

// holds reports whether words hold something private.
func (l *linker) holds(s *step, w words, private map[int]bool) bool {
	for _, v := range w {
		for _, p := range v {
			if anyOf(l.givers(s, p), private) || s.namesItem(p) {
				return true
			}
		}
	}
	return false
}

// tells reports whether a discreet person is told something private: the words
// for them hold it, or there are none and the others do.
func (l *linker) tells(s *step, w words, private map[int]bool) bool {
	for _, v := range w {
		for channel, p := range v {
			if _, spared := v[forDiscreet]; (!spared || channel == forDiscreet) && (anyOf(l.givers(s, p), private) || s.namesItem(p)) {
				return true
			}
		}
	}
	return false
}

// proves reports whether the dialog asks for proof of who the person is before
// the first step that reads the record.
func (d *Dialog) proves() bool { return d.Identity == "confirmed" || d.Identity == "checked" }

// ofRecord reports whether a step is repeated for what the record holds.
func (s *step) ofRecord() bool { return s.each != nil && s.each.ofRecord() }

// confirmed reports whether a step that reads the record is come to only while
// the person has confirmed who they are.
func (l *linker) confirmed(s *step) bool {
	return l.dialog.proves() || slices.ContainsFunc([]string{
		`identity == "confirmed"`, `identity == "checked"`, `identity in ["confirmed", "checked"]`,
	}, s.when.requires)
}
