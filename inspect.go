package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"time"

	"parley/dialogs/answers"
	"parley/dialogs/understanding"
	"parley/templates"
)

// inspectCommand shows how Parley reads a value: one value a line in, one JSON
// object a line out.
type inspectCommand struct {
	Kind     string       `arg:"" enum:"phone,email,sms,money,period,date,nights,yesno,number,name,address,postcode,ni,reference,intent" help:"What to read: phone, email, sms, money, period, date, nights, yesno, number, name, address, postcode, ni (a National Insurance number), reference (of a case) or intent (what a message is about)."`
	Now      answers.Date `placeholder:"DATE" help:"Today's date in London, like 2026-11-22. Default: today."`
	Language string       `enum:"en,cy" default:"en" help:"The language of the conversation, en or cy. Both are always understood."`
}

// Help shows how the command is used.
func (inspectCommand) Help() string {
	return `Each line of standard input is a value; each line of standard output says how it is read, in the same order: {"input": …, "ok": true, …}, or {"input": …, "ok": false, "error": …} with a sentence for people. What cannot be read with confidence is not ok; the exit status is 0 all the same. The lines of the kinds sms and address may hold \n for a line break.

Example:
  printf '£1.2k pm\n350 or 400\n' | parley inspect money`
}

// Run answers every line as soon as it has it.
func (c *inspectCommand) Run(s *streams) error {
	today, err := c.today()
	if err != nil {
		return err
	}
	in := answers.Context{Today: today, Language: templates.Language(c.Language)}
	read := inspectors()[c.Kind]
	if c.Kind == "intent" {
		if read, err = intentInspector(); err != nil {
			return err
		}
	}
	lines := bufio.NewScanner(s.In)
	lines.Buffer(make([]byte, 1<<16), longestLine)
	out := json.NewEncoder(s.Out)
	out.SetEscapeHTML(false)
	for lines.Scan() {
		line, err := inspected(read, lines.Text(), in)
		if err != nil {
			return fmt.Errorf("reading a value: %w", err)
		}
		if err := out.Encode(line); err != nil {
			return fmt.Errorf("writing a reading: %w", err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("reading values: %w", err)
	}
	return nil
}

// today is the date that was asked for, or the one in London.
func (c *inspectCommand) today() (answers.Date, error) {
	if c.Now.Valid() {
		return c.Now, nil
	}
	london, err := time.LoadLocation("Europe/London")
	if err != nil {
		return answers.Date{}, fmt.Errorf("finding today's date: %w", err)
	}
	return answers.DateOf(time.Now(), london), nil
}

// given begins every line of output.
type given struct {
	Input string `json:"input"`
	OK    bool   `json:"ok"`
}

// refused is the line for what cannot be read with confidence.
type refused struct {
	given
	Error string       `json:"error"` // for people
	Code  answers.Code `json:"code"`
}

// inspected is the line for one value: a reading or a refusal.
func inspected(read inspector, text string, in answers.Context) (any, error) {
	line, err := read(given{text, true}, text, in)
	var refusal *answers.Error
	if errors.As(err, &refusal) {
		return refused{given{text, false}, refusal.Words(in.Language), refusal.Code}, nil
	}
	return line, err
}

// inspector reads one value as the line that shows it.
type inspector func(g given, text string, in answers.Context) (any, error)

// inspectors has one for each kind that inspectCommand offers, but for intents:
// those need the model.
func inspectors() map[string]inspector {
	return map[string]inspector{
		"phone": inspectPhone, "email": inspectEmail, "sms": inspectSMS,
		"money": inspectMoney, "period": inspectPeriod, "date": inspectDate,
		"nights": inspectNights, "yesno": inspectYesNo, "number": inspectNumber,
		"name": inspectName, "address": inspectAddress, "postcode": inspectPostcode,
		"ni": inspectNationalInsurance, "reference": inspectCaseReference,
	}
}

func inspectPhone(g given, text string, in answers.Context) (any, error) {
	phone, err := answers.ReadPhone(text, in)
	return struct {
		given
		E164 string            `json:"e164"`
		Type answers.PhoneType `json:"type"`
		SMS  bool              `json:"sms"`
	}{g, phone.E164, phone.Type, phone.SMS}, err
}

func inspectEmail(g given, text string, in answers.Context) (any, error) {
	address, err := answers.ReadEmail(text, in)
	return struct {
		given
		Address string `json:"address"`
	}{g, address}, err
}

// inspectSMS counts a text message. A line cannot hold a line break, so that
// \n stands for one.
func inspectSMS(g given, text string, _ answers.Context) (any, error) {
	sms := templates.PrepareSMS(strings.ReplaceAll(text, `\n`, "\n"))
	return struct {
		given
		Text       string             `json:"text"`
		Encoding   templates.Encoding `json:"encoding"`
		Characters int                `json:"characters"`
		Segments   int                `json:"segments"`
	}{g, sms.Text, sms.Encoding, sms.Characters, sms.Segments}, nil
}

func inspectMoney(g given, text string, in answers.Context) (any, error) {
	money, err := answers.ReadMoney(text, in)
	line := struct {
		given
		Amount  answers.Pence   `json:"amount"`
		Period  *answers.Period `json:"period"`
		Weekly  *answers.Pence  `json:"weekly,omitempty"`
		Confirm bool            `json:"confirm"`
	}{given: g, Amount: money.Amount, Confirm: money.Confirm}
	if weekly, known := money.Weekly(); known {
		line.Period, line.Weekly = &money.Period, &weekly
	}
	return line, err
}

func inspectPeriod(g given, text string, in answers.Context) (any, error) {
	period, err := answers.ReadPeriod(text, in)
	return struct {
		given
		Period answers.Period `json:"period"`
	}{g, period}, err
}

func inspectDate(g given, text string, in answers.Context) (any, error) {
	date, err := answers.ReadDate(text, in)
	return struct {
		given
		Date    answers.Date `json:"date"`
		Confirm bool         `json:"confirm"`
	}{g, date.Date, date.Confirm}, err
}

func inspectNights(g given, text string, in answers.Context) (any, error) {
	nights, err := answers.ReadNights(text, in)
	return struct {
		given
		PerYear int  `json:"per_year"`
		Confirm bool `json:"confirm"`
	}{g, nights.PerYear, nights.Confirm}, err
}

func inspectYesNo(g given, text string, in answers.Context) (any, error) {
	yes, err := answers.ReadYesNo(text, in)
	return struct {
		given
		Value bool `json:"value"`
	}{g, yes}, err
}

func inspectNumber(g given, text string, in answers.Context) (any, error) {
	number, err := answers.ReadNumber(text, in)
	return struct {
		given
		Value   answers.Decimal `json:"value"`
		Confirm bool            `json:"confirm"`
	}{g, number.Value, number.Confirm}, err
}

func inspectName(g given, text string, in answers.Context) (any, error) {
	name, err := answers.ReadName(text, in)
	return struct {
		given
		Name string `json:"name"`
	}{g, name}, err
}

func inspectAddress(g given, text string, in answers.Context) (any, error) {
	address, err := answers.ReadAddress(strings.ReplaceAll(text, `\n`, "\n"), in)
	return struct {
		given
		Lines    []string `json:"lines"`
		Postcode string   `json:"postcode"`
	}{g, address.Lines, address.Postcode}, err
}

func inspectPostcode(g given, text string, in answers.Context) (any, error) {
	postcode, err := answers.ReadPostcode(text, in)
	return struct {
		given
		Postcode string `json:"postcode"`
	}{g, postcode}, err
}

func inspectNationalInsurance(g given, text string, in answers.Context) (any, error) {
	number, err := answers.ReadNationalInsurance(text, in)
	return struct {
		given
		Number string `json:"number"`
	}{g, number}, err
}

func inspectCaseReference(g given, text string, in answers.Context) (any, error) {
	reference, err := answers.ReadCaseReference(text, in)
	return struct {
		given
		Reference string `json:"reference"`
	}{g, reference}, err
}

// intentInspector tells what a message is about; "none" is an honest answer.
func intentInspector() (inspector, error) {
	model, err := understanding.New()
	return func(g given, text string, _ answers.Context) (any, error) {
		reading := model.Read(text)
		others := append([]string{}, reading.Others...)
		for _, name := range reading.Alternatives {
			if !slices.Contains(others, name) {
				others = append(others, name)
			}
		}
		return struct {
			given
			Intent       string   `json:"intent"`
			Confidence   float64  `json:"confidence"`
			Alternatives []string `json:"alternatives"`
			Danger       bool     `json:"danger"`
			Worry        bool     `json:"worry,omitempty"` // it may be danger: somebody is to read it
		}{g, reading.Intent, math.Round(reading.Confidence*100) / 100, others[:min(3, len(others))], reading.Danger != understanding.NoDanger, reading.Worry != understanding.NoDanger}, nil
	}, err
}
