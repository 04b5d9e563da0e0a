package gateway

import (
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parley/gateway/directory"
)

// gateCase is a message at the gate, with all that decides about it.
type gateCase struct {
	gate
	m   Message
	f   GateFacts
	now time.Time
}

// The gate lets a message out exactly when every rule allows it, each told
// here in another way than the gate tells it.
func TestTheGateSendsWhatIsSafeAndNothingElse(t *testing.T) {
	london := europeLondon(t)
	rapid.Check(t, func(t *rapid.T) {
		for range 20 { // most are unsafe for one reason or another
			c := drawGateCase(t, london)
			d := c.decide(c.m, c.f, c.now)
			why := c.unsafe()
			if sends := d.Action == Send; sends != (len(why) == 0) {
				t.Fatalf("%+v at %v: %+v, unsafe because %q", c.m, c.now.In(london), d, why)
			}
			if d.Action != Send && len(d.Reasons) == 0 {
				t.Fatalf("%s, without a reason", d.Action)
			}
		}
	})
}

// A message that waits goes out at the first moment at which it may.
func TestTheGateWaitsNoLongerThanItMust(t *testing.T) {
	london := europeLondon(t)
	rapid.Check(t, func(t *rapid.T) {
		c := drawGateCase(t, london)
		c.m.SendBy = time.Time{}
		c.m.Person, c.m.Text = "P1", "Please call us."
		if c.m.To.Channel == directory.WebChat || c.m.To.Channel == directory.Letter { // where nobody waits for long
			c.m.To.Channel = directory.SMS
		}
		c.f.PersonHeld, c.f.CaseHeld, c.f.OptedOut = false, false, false
		c.m.Title, c.f.Person.Needs, c.f.Sent, c.f.SentTexts = "", nil, 0, nil
		if c.f.Person.SafeContact != nil {
			c.f.Person.SafeContact.Channels, c.f.Person.SafeContact.Post = []directory.Channel{c.m.To.Channel}, true
		}
		c.f.Standing = directory.Standing{Holders: []directory.Holder{{Person: "P1", Confirmed: c.now.AddDate(0, 1, 0)}}}
		begun := c.now
		d := c.decide(c.m, c.f, c.now)
		for hops := 0; d.Action == WaitUntil; d = c.decide(c.m, c.f, c.now) {
			if hops++; hops > 3 || !d.Until.After(c.now) {
				t.Fatalf("at %v it is told to wait until %v", c.now, d.Until)
			}
			c.now = d.Until
		}
		if d.Action != Send {
			if neverMeet := c.f.Person.SafeHours(); !c.ours() || neverMeet == (directory.Hours{}) {
				t.Fatalf("hours %v: %+v", neverMeet, d)
			}
			return
		}
		sent := c.now
		for range 30 {
			minutes := int(sent.Sub(begun) / time.Minute)
			if minutes == 0 {
				break
			}
			c.now = begun.Add(time.Duration(rapid.IntRange(0, minutes-1).Draw(t, "minutes")) * time.Minute)
			if why := c.unsafe(); len(why) == 0 {
				t.Fatalf("sent at %v, and might have been at %v", sent.In(london), c.now.In(london))
			}
		}
	})
}

func TestWeBeginOnNoDayOfRest(t *testing.T) {
	london := europeLondon(t)
	g := gate{open: directory.Hours{From: 8 * 60, To: 20 * 60}, london: london}
	open := directory.Person{ID: "P1", SafeContact: &directory.SafeContact{Channels: []directory.Channel{directory.SMS}}}
	for _, nation := range []directory.Nation{directory.England, directory.Wales, directory.Scotland, directory.NorthernIreland} {
		for day := time.Date(2026, 1, 1, 12, 0, 0, 0, london); day.Year() < 2028; day = day.AddDate(0, 0, 1) {
			m := Message{Person: "P1", To: Address{Channel: directory.SMS}, Subject: Approach, Created: day}
			f := GateFacts{Person: open, Nation: nation, Standing: directory.Standing{Holders: []directory.Holder{{Person: "P1", Confirmed: day}}}}
			if d := g.decide(m, f, day); (d.Action == Send) == atRest(day, nation) {
				t.Errorf("%s in %s: %s", day.Format("Monday 2 January 2006"), nation, d.Action)
			}
		}
	}
}

// unsafe lists why a message may not go out now.
func (c gateCase) unsafe() (why []string) {
	add := func(is bool, reason string) {
		if is {
			why = append(why, reason)
		}
	}
	statutory := c.m.Notice != nil && c.m.Notice.Statutory
	byPost := c.m.To.Channel == directory.Letter
	add(!c.m.SendBy.IsZero() && c.now.After(c.m.SendBy) && !statutory, "too late")
	onWeb := c.m.To.Channel == directory.WebChat
	add(onWeb && (c.f.Visit == nil || !c.f.Visit.Ended.IsZero() || c.now.After(c.f.Visit.Seen.Add(30*time.Minute))), "nobody is there")
	add(!byPost && !c.reachesOnlyThem(), "the address is not theirs alone")
	add(!byPost && c.f.OptedOut && c.m.Subject != Stopped, "STOP")
	passesHold := c.m.Subject == Safety || c.m.Subject == Stopped
	add(c.f.PersonHeld && !passesHold, "held")
	add(c.f.CaseHeld && !passesHold && (c.m.Conversation != "" || c.m.Notice != nil), "the other parent is in danger")
	alike := 0
	for _, text := range c.f.SentTexts {
		if text == c.m.Text {
			alike++
		}
	}
	add(!onWeb && !passesHold && (c.f.Sent > 59 || alike > 19), "a loop")
	if c.m.Person == "" {
		return why
	}
	if contact := c.f.Person.SafeContact; contact != nil {
		add(!onWeb && !byPost && !slices.Contains(contact.Channels, c.m.To.Channel), "not a safe channel")
		add(!byPost && !during(contact.Hours, c.now.In(c.london)), "not a safe hour")
	}
	add(byPost && (c.f.Person.SafeContact == nil || !c.f.Person.SafeContact.Post), "post is not safe")
	needs := strings.Join(c.f.Person.Needs, " ")
	add(c.m.Subject == Approach && !onWeb && (strings.Contains(needs, "phone only") || strings.Contains(needs, "interpreter") || byPost && strings.Contains(needs, "braille")), "does not serve them")
	confirmed := onWeb && c.f.Visit != nil && c.f.Visit.Level == directory.Confirmed
	add(c.f.Person.Discreet() && (telling(c.m.Text) || telling(c.m.Title)) && !confirmed && !byPost, "not discreet")
	if c.ours() && !byPost {
		local := c.now.In(c.london)
		add(!during(c.open, local), "outside our hours")
		add(!c.anyDay && atRest(local, c.f.Nation), "a day of rest")
	}
	return why
}

// ours reports whether the message keeps to our own hours: it is no answer in
// a live conversation.
func (c gateCase) ours() bool {
	return c.m.Subject == Approach || c.m.Subject == Reply && c.now.Sub(c.m.Created) > time.Hour
}

// reachesOnlyThem: the address is held by the person alone, for seven days at
// least, and was heard of within half a year; or, outside any record, by nobody.
func (c gateCase) reachesOnlyThem() bool {
	s := c.f.Standing
	if s.Suspended {
		return false
	}
	if c.m.Person == "" {
		return len(s.Holders) == 0
	}
	return len(s.Holders) == 1 && s.Holders[0].Person == c.m.Person && !s.Holders[0].Signalled &&
		!s.Holders[0].Since.After(c.now.AddDate(0, 0, -7)) && !s.Holders[0].Confirmed.Before(c.now.AddDate(0, 0, -183))
}

// during reports whether hours hold a moment of the wall clock.
func during(h directory.Hours, local time.Time) bool {
	const day = 24 * 60
	since := (local.Hour()*60 + local.Minute() - h.From + day) % day
	length := (h.To - h.From + day) % day
	return length == 0 || since < length
}

// holidays are those of GOV.UK's list for 2026 and 2027, by month and day.
// https://www.gov.uk/bank-holidays
var holidays = map[directory.Nation]map[int]string{
	directory.England:         {2026: "0101 0403 0406 0504 0525 0831 1225 1228", 2027: "0101 0326 0329 0503 0531 0830 1227 1228"},
	directory.Scotland:        {2026: "0101 0102 0403 0504 0525 0615 0803 1130 1225 1228", 2027: "0101 0104 0326 0503 0531 0802 1130 1227 1228"},
	directory.NorthernIreland: {2026: "0101 0317 0403 0406 0504 0525 0713 0831 1225 1228", 2027: "0101 0317 0326 0329 0503 0531 0712 0830 1227 1228"},
}

func atRest(local time.Time, nation directory.Nation) bool {
	if nation == directory.Wales {
		nation = directory.England
	}
	day := local.Format("0102")
	return local.Weekday() == time.Sunday || day == "1225" || slices.Contains(strings.Fields(holidays[nation][local.Year()]), day)
}

// The family of every case here, and texts of which some tell.
var gateFamily = []string{"Siân Example", "Jo"}

var gateTexts = []string{
	"Please call us.", "Has it gone up or down? Reply 1 up, 2 down.", "Josef, Sianed and CMSX are nobody.",
	"Child Maintenance Service", "Talwch £4", "Thank you, Jo.", "For Siân Example", "the cms",
}

func telling(text string) bool { return slices.Index(gateTexts, text) >= 3 }

func drawGateCase(t *rapid.T, london *time.Location) gateCase {
	c := gateCase{now: drawMoment(t)}
	c.london = london
	c.open = directory.Hours{From: 8 * 60, To: 20 * 60}
	if rapid.Bool().Draw(t, "other hours") {
		c.open = drawHours(t, "our hours")
	}
	c.anyDay = rapid.Bool().Draw(t, "any day")
	c.m = Message{
		Person:       rapid.SampledFrom([]directory.PersonID{"P1", "P1", "P1", ""}).Draw(t, "person"),
		To:           Address{Channel: rapid.SampledFrom([]directory.Channel{directory.SMS, directory.Email, directory.WebChat, directory.Letter}).Draw(t, "channel")},
		Text:         rapid.SampledFrom(gateTexts).Draw(t, "text"),
		Subject:      rapid.SampledFrom([]Subject{Reply, Approach, Safety, Stopped}).Draw(t, "subject"),
		Conversation: rapid.SampledFrom([]ConversationID{"C1", ""}).Draw(t, "conversation"),
		Created:      c.now.Add(-time.Duration(rapid.IntRange(0, 180).Draw(t, "minutes old")) * time.Minute),
	}
	if rapid.IntRange(0, 3).Draw(t, "is a notice") == 0 {
		c.m.Notice = &Notice{Statutory: rapid.Bool().Draw(t, "statutory")}
		c.m.Title = rapid.SampledFrom(append([]string{""}, gateTexts...)).Draw(t, "title")
	}
	if rapid.IntRange(0, 3).Draw(t, "has a send-by") == 0 {
		c.m.SendBy = c.now.Add(time.Duration(rapid.IntRange(-60, 60).Draw(t, "send-by")) * time.Minute)
	}
	c.f = GateFacts{
		Person:      drawPerson(t),
		Nation:      rapid.SampledFrom([]directory.Nation{directory.England, directory.Wales, directory.Scotland, directory.NorthernIreland}).Draw(t, "nation"),
		Standing:    drawStanding(t, c.now),
		OptedOut:    rapid.IntRange(0, 4).Draw(t, "opted out") == 0,
		PersonHeld:  rapid.IntRange(0, 4).Draw(t, "held") == 0,
		CaseHeld:    rapid.IntRange(0, 4).Draw(t, "case held") == 0,
		CloseFamily: gateFamily,
		Visit:       drawVisit(t, c.m, c.now),
		Sent:        rapid.SampledFrom([]int{0, 0, 59, 60}).Draw(t, "sent lately"),
	}
	for range rapid.SampledFrom([]int{0, 0, 19, 20}).Draw(t, "alike") {
		c.f.SentTexts = append(c.f.SentTexts, c.m.Text)
	}
	return c
}

// drawVisit is the visit that a message goes to, if it goes to web chat and
// there is one: it goes on in most cases.
func drawVisit(t *rapid.T, m Message, now time.Time) *Visit {
	if m.To.Channel != directory.WebChat || rapid.IntRange(0, 9).Draw(t, "no visit") == 0 {
		return nil
	}
	v := &Visit{
		Person: m.Person, Level: rapid.SampledFrom([]directory.Identity{directory.Known, directory.Confirmed}).Draw(t, "level"),
		Seen: now.Add(-time.Duration(rapid.SampledFrom([]int{0, 29, 30, 31}).Draw(t, "minutes idle")) * time.Minute),
	}
	if rapid.IntRange(0, 9).Draw(t, "ended") == 0 {
		v.Ended = now
	}
	return v
}

func drawPerson(t *rapid.T) directory.Person {
	p := directory.Person{ID: "P1", Name: gateFamily[0]}
	if rapid.IntRange(0, 3).Draw(t, "has needs") == 0 {
		p.Needs = []string{rapid.SampledFrom([]string{"phone only", "interpreter", "braille", "large print", "relay"}).Draw(t, "need")}
	}
	if rapid.IntRange(0, 3).Draw(t, "was asked") > 0 {
		p.SafeContact = &directory.SafeContact{
			Channels: rapid.SampledFrom([][]directory.Channel{{directory.SMS}, {directory.Email}, {directory.Email, directory.SMS}, {}}).Draw(t, "safe channels"),
			Discreet: rapid.Bool().Draw(t, "discreet"), Post: rapid.Bool().Draw(t, "post"),
		}
		if rapid.Bool().Draw(t, "has safe hours") {
			p.SafeContact.Hours = drawHours(t, "safe hours")
		}
	}
	return p
}

func drawHours(t *rapid.T, name string) directory.Hours {
	quarter := rapid.IntRange(0, 95)
	return directory.Hours{From: 15 * quarter.Draw(t, name+" from"), To: 15 * quarter.Draw(t, name+" to")}
}

// drawStanding has one holder in most cases, and days about where it counts.
func drawStanding(t *rapid.T, now time.Time) directory.Standing {
	s := directory.Standing{Suspended: rapid.IntRange(0, 9).Draw(t, "suspended") == 0}
	people := rapid.SampledFrom([]string{"P1", "P1", "P1", "P1", "", "P2", "P1 P2"}).Draw(t, "holders")
	for person := range strings.FieldsSeq(people) {
		s.Holders = append(s.Holders, directory.Holder{
			Person:    directory.PersonID(person),
			Since:     now.Add(-time.Duration(rapid.SampledFrom([]int{0, 6*24 + 23, 7 * 24, 400 * 24}).Draw(t, "hours since")) * time.Hour),
			Confirmed: now.Add(-time.Duration(rapid.SampledFrom([]int{0, 183 * 24, 183*24 + 1}).Draw(t, "hours silent")) * time.Hour),
			Signalled: rapid.IntRange(0, 9).Draw(t, "signalled") == 0,
		})
	}
	return s
}

// drawMoment is often within two days of a clock change or of a bank holiday.
func drawMoment(t *rapid.T) time.Time {
	near := []string{"2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31", // clock changes
		"2026-01-02", "2026-03-17", "2026-04-06", "2026-06-15", "2026-08-03", "2026-11-30", "2026-12-27", "2027-01-03", "2027-12-26"}
	day, err := time.Parse(time.DateOnly, rapid.SampledFrom(near).Draw(t, "near"))
	if err != nil {
		t.Fatal(err)
	}
	if rapid.IntRange(0, 3).Draw(t, "any time") == 0 {
		return time.Date(2026, 1, 2, 0, rapid.IntRange(0, 700*24*60).Draw(t, "minute"), 0, 0, time.UTC)
	}
	return day.Add(time.Duration(rapid.IntRange(-48*60, 48*60).Draw(t, "minutes from it")) * time.Minute)
}

func europeLondon(t *testing.T) *time.Location {
	t.Helper()
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		t.Fatal(err)
	}
	return london
}

// Nothing that a discreet message may not hold gets by, whatever stands around
// it; and words that only look like it are no reason to keep a message back.
func TestADiscreetMessageTellsNothing(t *testing.T) {
	london := europeLondon(t)
	tells := []string{"Maintenance", "Cynhaliaeth", "gynhaliaeth", "chynhaliaeth", "nghynhaliaeth", "child support", "CMS", "CSA",
		"£410", "£7.00", "£", "410 pounds", "7 pound", "410 o bunnoedd", "Siân Example", "Jo"}
	harmless := []string{"Reply", "down", "maintenances", "cmsa", "xcms", "BanJo", "Sianed", "Siânx", "Josef", "Major", "410", "9am", "ŵy", "examples", "childsupport", "an amount in pounds, like 410 a week", ""}
	around := []string{" ", ".", "\n", "“", "”", "’", "(", "/", "-", "–", "1", "£", "…", "🙂", "\u00a0"}
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(harmless), 0, 6).Draw(t, "words")
		text := strings.Join(words, " ")
		tell := rapid.SampledFrom(append([]string{""}, tells...)).Draw(t, "tell")
		if tell != "" {
			written := tell
			if !slices.Contains(gateFamily, tell) { // a name is looked for as it is written
				written = rapid.SampledFrom([]string{tell, strings.ToUpper(tell), strings.ToLower(tell)}).Draw(t, "written")
			}
			before, after := rapid.SampledFrom(around).Draw(t, "before"), rapid.SampledFrom(around).Draw(t, "after")
			at := rapid.IntRange(0, len(words)).Draw(t, "at")
			text = strings.Join(words[:at], " ") + before + written + after + strings.Join(words[at:], " ")
		}
		if d := decideDiscreetly(london, text); (d.Action == Send) != (tell == "") {
			t.Fatalf("%q: %s %q", text, d.Action, d.Reasons)
		}
	})
}

// decideDiscreetly puts a text to somebody discreet through a gate that has
// nothing else against it.
func decideDiscreetly(london *time.Location, text string) Decision {
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC)
	return gate{anyDay: true, london: london}.decide(
		Message{Person: "P1", To: Address{Channel: directory.SMS}, Text: text, Subject: Safety, Created: now},
		GateFacts{Person: directory.Person{ID: "P1", Name: gateFamily[0]}, CloseFamily: gateFamily,
			Standing: directory.Standing{Holders: []directory.Holder{{Person: "P1", Confirmed: now}}}},
		now)
}
