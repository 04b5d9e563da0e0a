package gateway_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/calculation"
	"parley/gateway/directory"
	"parley/templates/notices"
)

// newService is an office that also follows the rules.
func newService(t *testing.T, cases ...directory.Case) *office {
	t.Helper()
	o := newOffice(t, cases...)
	scheduled(t, o.house)
	return o
}

// deliver plans what is due and sends what may be sent.
func (o *office) deliver() {
	o.t.Helper()
	o.house.plan()
	if err := o.Flush(o.t.Context()); err != nil {
		o.t.Fatal(err)
	}
}

// told lists the notices that somebody was sent, oldest first.
func (o *office) told(person directory.PersonID) (names []string) {
	o.t.Helper()
	for _, f := range o.fates(person) {
		if f.Notice != "" && f.Status == gateway.Accepted {
			names = append([]string{f.Notice}, names...)
		}
	}
	return names
}

func TestNotify(t *testing.T) {
	booked := gateway.NoticeRequest{
		Notice: "callback-booked", Person: "P1", Case: reference, Occasion: "call 1", By: "jo",
		Data: notices.Data{"day": notices.Day(2026, 11, 25), "between": notices.Words("between 10am and midday", "rhwng 10yb a hanner dydd")},
	}
	for _, test := range []struct {
		name   string
		change func(*gateway.NoticeRequest)
		err    error
	}{
		{"a call that is booked", func(*gateway.NoticeRequest) {}, nil},
		{"a notice that there is not", func(r *gateway.NoticeRequest) { r.Notice = "greetings" }, gateway.ErrNoSuchNotice},
		{"a stranger", func(r *gateway.NoticeRequest) { r.Person = "X1" }, gateway.ErrBadRecipient},
		{"another case", func(r *gateway.NoticeRequest) { r.Case = "300099999999" }, gateway.ErrBadRecipient},
		{"the other parent's notice", func(r *gateway.NoticeRequest) { r.Notice, r.Person = "payment-due", "R1" }, gateway.ErrBadRecipient},
		{"without what it says", func(r *gateway.NoticeRequest) { r.Data = nil }, gateway.ErrBadData},
		{"a warning by nobody", func(r *gateway.NoticeRequest) { r.Notice, r.By = "enforcement-warning", "" }, gateway.ErrOnlyByPerson},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := newService(t, everyWay())
			r := booked
			test.change(&r)
			for again := range 2 {
				isNew, err := o.Notify(t.Context(), r)
				if !errors.Is(err, test.err) || isNew != (test.err == nil && again == 0) {
					t.Errorf("new %v, %v; want %v", isNew, err, test.err)
				}
			}
			if err := o.Flush(t.Context()); err != nil {
				t.Fatal(err)
			}
			if texts := o.sms.since(0); (len(texts) == 1) != (test.err == nil) {
				t.Errorf("sent %q", texts)
			}
		})
	}
}

func TestAStageIsToldOnce(t *testing.T) {
	today := calculation.NewDate(2026, 11, 23)
	for _, test := range []struct {
		stage      gateway.Stage
		paying     string // that they are told, and a part of its words
		receiving  string
		payerWords string
	}{
		{gateway.Stage{Name: gateway.ApplicationReceived, Person: "R1"}, "", "application-received", ""},
		{gateway.Stage{Name: gateway.OtherParentContacted, Person: "R1"}, "", "other-parent-contacted", ""},
		{gateway.Stage{Name: gateway.WaitingForIncome}, "waiting-for-income", "waiting-for-income", "We will write to you by 21 December 2026"},
		{gateway.Stage{Name: gateway.Calculated}, "calculated", "calculated", "£63.12 a week from 6 April 2026"},
		{gateway.Stage{Name: gateway.Calculated, Data: []byte(`{"amount": "80.00"}`)}, "calculated", "calculated", "£80 a week"},
		{gateway.Stage{Name: gateway.Decided}, "decision-letter", "", "Ask us to look at the decision again by 23 December 2026"},
		{gateway.Stage{Name: gateway.Reconsidered, Data: []byte(`{"decided": "2026-10-01", "changed": true, "unchanged": false}`)}, "reconsideration-outcome", "", "You can appeal by 23 December 2026"},
		{gateway.Stage{Name: gateway.ChangeMade, Person: "P1", Data: []byte(`{"reference": "K7QF2-M9XTA", "from": "2026-11-20"}`)}, "change-made", "", "It counts from 20 November 2026"},
		{gateway.Stage{Name: gateway.InformationRequested, Person: "P1", Data: []byte(`{"subject": {"en": "your payslips", "cy": "eich slipiau cyflog"}}`)}, "information-requested", "", "by 7 December 2026"},
	} {
		t.Run(string(test.stage.Name), func(t *testing.T) {
			o := newService(t, everyWay())
			o.at(time.November, 23, 11)
			test.stage.Date = today
			for range 3 {
				if _, err := o.ReachStage(t.Context(), reference, test.stage, nil); err != nil {
					t.Fatal(err)
				}
				if err := o.Flush(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			if paying, receiving := strings.Join(o.told("P1"), " "), strings.Join(o.told("R1"), " "); paying != test.paying || receiving != test.receiving {
				t.Errorf("told %q and %q", paying, receiving)
			}
			var said []string
			for _, n := range o.by {
				said = append(said, n.since(0)...)
			}
			if !strings.Contains(strings.Join(said, "\n"), test.payerWords) {
				t.Errorf("%q does not say %q", said, test.payerWords)
			}
		})
	}
}

func TestAStageThatCannotBeRight(t *testing.T) {
	o := newService(t, family())
	o.at(time.November, 23, 11)
	today := calculation.NewDate(2026, 11, 23)
	for _, test := range []struct {
		stage gateway.Stage
		field string
	}{
		{gateway.Stage{Name: "married", Date: today}, "stage"},
		{gateway.Stage{Name: gateway.Calculated, Date: today + 1}, "date"},
		{gateway.Stage{Name: gateway.Calculated, Date: today - 32}, "date"},
		{gateway.Stage{Name: gateway.ApplicationReceived, Date: today}, "person"},
		{gateway.Stage{Name: gateway.Calculated, Date: today, Person: "X1"}, "person"},
		{gateway.Stage{Name: gateway.Calculated, Date: today, Data: []byte(`{"amount": 80}`)}, "data"},
		{gateway.Stage{Name: gateway.Reconsidered, Date: today}, "data"},
	} {
		_, err := o.ReachStage(t.Context(), reference, test.stage, nil)
		if bad, ok := errors.AsType[*gateway.BadStage](err); !ok || bad.Field != test.field {
			t.Errorf("%+v: %v, want %s", test.stage, err, test.field)
		}
	}
	if _, err := o.ReachStage(t.Context(), "300099999999", gateway.Stage{}, nil); !errors.Is(err, gateway.ErrNotFound) {
		t.Errorf("another case: %v", err)
	}
}

// Of one day there can be two changes, and two things that are asked.
func TestStagesOfOneDayAreToldApart(t *testing.T) {
	o := newService(t, everyWay())
	o.at(time.November, 23, 11)
	today := calculation.NewDate(2026, 11, 23)
	for _, stage := range []struct {
		name gateway.StageName
		data string
		want int // notices, with the reminders
	}{
		{gateway.ChangeMade, `{"reference": "K7QF2-M9XTA", "from": "2026-11-20"}`, 1},
		{gateway.ChangeMade, `{"reference": "B3RD8-C4WYE", "from": "2026-11-20"}`, 1},
		{gateway.ChangeMade, `{"from": "2026-11-20", "reference": "K7QF2-M9XTA"}`, 0},
		{gateway.InformationRequested, `{"subject": {"en": "your payslips", "cy": "eich slipiau cyflog"}}`, 3},
		{gateway.InformationRequested, `{"subject": {"en": "your tax return", "cy": "eich ffurflen dreth"}}`, 3},
		{gateway.InformationRequested, `{"subject": {"cy": "eich slipiau cyflog", "en": "your payslips"}}`, 0},
	} {
		told, err := o.ReachStage(t.Context(), reference, gateway.Stage{Name: stage.name, Date: today, Person: "P1", Data: []byte(stage.data)}, nil)
		if o.do(err); told != stage.want {
			t.Errorf("%s of %s: %d notices, want %d", stage.name, stage.data, told, stage.want)
		}
	}
}

// What is asked for is asked again after a week and before the day, until they
// tell us, whoever says that they did.
func TestWhatIsAskedForIsAskedUntilItIsTold(t *testing.T) {
	requested := gateway.Stage{Name: gateway.InformationRequested, Date: calculation.NewDate(2026, 11, 23), Person: "P1",
		Data: []byte(`{"subject": {"en": "your payslips", "cy": "eich slipiau cyflog"}}`)}
	for _, test := range []struct {
		name string
		told func(o *office)
		want int // notices
	}{
		{"never", func(*office) {}, 3},
		{"as another system says", func(o *office) {
			s := gateway.Stage{Name: gateway.InformationReceived, Date: calculation.NewDate(2026, 11, 25), Person: "P1"}
			if _, err := o.ReachStage(o.t.Context(), reference, s, nil); err != nil {
				o.t.Fatal(err)
			}
		}, 1},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := newService(t, everyWay())
			o.at(time.November, 23, 11)
			if _, err := o.ReachStage(t.Context(), reference, requested, nil); err != nil {
				t.Fatal(err)
			}
			for day := 23; day < 44; day++ {
				o.at(time.November, day, 12)
				if err := o.Flush(t.Context()); err != nil {
					t.Fatal(err)
				}
				if day == 25 {
					test.told(o)
				}
			}
			if got := o.told("P1"); len(got) != test.want {
				t.Errorf("told %q, want %d", got, test.want)
			}
		})
	}
}

// In Wales a letter is in both languages, Welsh first, until it is known which
// somebody wants; and whoever is discreet gets what the channel must know of it.
func TestWhatAChannelIsToldOfTheirLanguageAndDiscretion(t *testing.T) {
	c := everyWay()
	c.Nation, c.PayingParent.Language = directory.Wales, ""
	c.PayingParent.SafeContact = &directory.SafeContact{Post: true, Discreet: true}
	o := newService(t, c)
	o.at(time.November, 23, 11)
	o.plan(due())
	sent := o.by[directory.Letter].sent
	if len(sent) != 1 || sent[0].Language != "cy" || !sent[0].Discreet {
		t.Fatalf("sent %+v", sent)
	}
	for _, words := range []string{"Annwyl Sam Example", "Dear Sam Example", "15 Tachwedd 2026", "15 November 2026"} {
		if !strings.Contains(sent[0].Document.Text(), words) {
			t.Errorf("%q is not in the letter:\n%s", words, sent[0].Document.Text())
		}
	}
	if !strings.Contains(sent[0].Title, " / ") {
		t.Errorf("it is headed %q", sent[0].Title)
	}
}
