package gatewaytest

import (
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

var directoryProofs = map[string]func(*storeProof){
	"a case comes back as it was put":               caseComesBack,
	"a person is known with their parts":            personWithParts,
	"a person on two cases is one person":           onePersonOnTwoCases,
	"a person who leaves a case has no part in it":  personLeavesCase,
	"a PIN is never kept and its hash is not lost":  pinHashStays,
	"an address is held since it first changed":     addressSince,
	"a carrier's signal lasts until a new address":  signalLasts,
	"an address that left the record is not theirs": addressLeaves,
}

func caseComesBack(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	got, err := p.Case(p.Context(), "300012345678")
	p.must(err)
	want(p, "the case", got, twoParents())

	_, err = p.Case(p.Context(), "300099999999")
	p.wantError("a case that is not there", err, gateway.ErrNotFound)

	other := twoParents()
	other.Reference = "300000000001"
	p.must(p.PutCase(p.Context(), other, storeTime))
	both, err := p.Cases(p.Context(), "300000000001", "300099999999", "300012345678")
	p.must(err)
	want(p, "those that are there, in the order asked for", both, []directory.Case{other, twoParents()})
}

func personWithParts(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	person, parties, err := p.Person(p.Context(), "R1")
	p.must(err)
	want(p, "the person", person, twoParents().ReceivingParents[0].Person)
	want(p, "the parts", parties, []directory.Party{
		{Case: "300012345678", Reference: "300012345679", Role: directory.Receiving, Person: "R1"},
	})
	_, _, err = p.Person(p.Context(), "P9")
	p.wantError("a person who is not there", err, gateway.ErrNotFound)
}

func onePersonOnTwoCases(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	other := twoParents()
	other.Reference = "300000000001"
	other.PayingParent, other.ReceivingParents[0].Person = other.ReceivingParents[0].Person, directory.Person{ID: "R2", Name: "Kim"}
	other.PayingParent.Name = "Ali Renamed"
	p.must(p.PutCase(p.Context(), other, storeTime))

	first, err := p.Case(p.Context(), "300012345678")
	p.must(err)
	want(p, "the name on the first case", first.ReceivingParents[0].Name, "Ali Renamed")
	_, parties, err := p.Person(p.Context(), "R1")
	p.must(err)
	want(p, "the parts", parties, []directory.Party{
		{Case: "300000000001", Reference: "300000000001", Role: directory.Paying, Person: "R1"},
		{Case: "300012345678", Reference: "300012345679", Role: directory.Receiving, Person: "R1"},
	})
}

func personLeavesCase(p *storeProof) {
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	alone := twoParents()
	alone.ReceivingParents = nil
	p.must(p.PutCase(p.Context(), alone, storeTime))
	_, parties, err := p.Person(p.Context(), "R1")
	p.must(err)
	want(p, "the parts of who left", parties, nil)
}

func pinHashStays(p *storeProof) {
	record := twoParents()
	record.PayingParent.PIN, record.PayingParent.PINHash = "1234567", "argon2id$first"
	p.must(p.PutCase(p.Context(), record, storeTime))
	person, _, err := p.Person(p.Context(), "P1")
	p.must(err)
	want(p, "PIN", person.PIN, "")
	want(p, "PIN hash", person.PINHash, "argon2id$first")
	p.must(p.PutCase(p.Context(), twoParents(), storeTime))
	person, _, err = p.Person(p.Context(), "P1")
	p.must(err)
	want(p, "PIN hash after a record without a PIN", person.PINHash, "argon2id$first")

	record.PayingParent.PINHash = "argon2id$second"
	p.must(p.PutCase(p.Context(), record, storeTime))
	person, _, err = p.Person(p.Context(), "P1")
	p.must(err)
	want(p, "PIN hash after a change", person.PINHash, "argon2id$second")
}

// holder is the only holder of a number.
func (p *storeProof) holder(number int) directory.Holder {
	p.Helper()
	sender, err := p.Sender(p.Context(), smsOf(number))
	p.must(err)
	if len(sender.Standing.Holders) != 1 {
		p.Fatalf("holders: %v", sender.Standing.Holders)
	}
	return sender.Standing.Holders[0]
}

func (p *storeProof) putPhone(number int, since calculation.Date, at time.Time) {
	p.Helper()
	record := twoParents()
	record.PayingParent.Phone, record.PayingParent.PhoneSince = "", since
	if number != 0 {
		record.PayingParent.Phone = smsOf(number).Value
	}
	p.must(p.PutCase(p.Context(), record, at))
}

func addressSince(p *storeProof) {
	january, march := calculation.NewDate(2025, 1, 10), calculation.NewDate(2025, 3, 1)
	day := 24 * time.Hour
	steps := []struct {
		what   string
		number int
		given  calculation.Date
		at     time.Time
		since  time.Time
	}{
		{"new to us, no date given: long ago", 101, 0, storeTime, time.Time{}},
		{"the same again", 101, 0, storeTime.Add(day), time.Time{}},
		{"a date is given", 101, january, storeTime.Add(2 * day), january.Time()},
		{"it is not given again", 101, 0, storeTime.Add(3 * day), january.Time()},
		{"another number, the old date: now", 103, january, storeTime.Add(4 * day), storeTime.Add(4 * day)},
		{"another number with its own date", 104, march, storeTime.Add(5 * day), march.Time()},
		{"another number, no date: now", 105, 0, storeTime.Add(6 * day), storeTime.Add(6 * day)},
		{"that again", 105, 0, storeTime.Add(7 * day), storeTime.Add(6 * day)},
		{"no number", 0, 0, storeTime.Add(8 * day), time.Time{}},
		{"a number again: now", 105, 0, storeTime.Add(9 * day), storeTime.Add(9 * day)},
	}
	for _, step := range steps {
		p.putPhone(step.number, step.given, step.at)
		if step.number != 0 {
			want(p, step.what, p.holder(step.number), directory.Holder{Person: "P1", Since: step.since, Confirmed: step.at})
		}
	}
}

func signalLasts(p *storeProof) {
	p.putPhone(101, 0, storeTime)
	p.queue(outgoing("M1", "P1", smsOf(101)))
	p.must(p.Record(p.Context(), []gateway.Settlement{{Message: "M1", Status: gateway.Undelivered, Gone: true, At: storeTime}}))
	p.putPhone(101, 0, storeTime)
	want(p, "signalled, after the same record again", p.holder(101).Signalled, true)
	p.putPhone(103, 0, storeTime)
	want(p, "signalled, after a new number", p.holder(103).Signalled, false)
}

func addressLeaves(p *storeProof) {
	p.putPhone(101, 0, storeTime)
	p.putPhone(0, 0, storeTime)
	sender, err := p.Sender(p.Context(), smsOf(101))
	p.must(err)
	want(p, "the sender", sender, gateway.Sender{})
}
