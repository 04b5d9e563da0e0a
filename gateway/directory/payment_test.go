package directory_test

import (
	"encoding/json"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"parley/gateway/calculation"
	"parley/gateway/directory"
)

const onePayment = `{"id": "BACS-1", "case": "300012345678", "amount": "120.50", "received": "2026-11-02", "method": "collected"}`

func TestDecodePayment(t *testing.T) {
	got, err := directory.DecodePayment([]byte(onePayment))
	want := directory.Payment{
		ID: "BACS-1", Case: "300012345678", Amount: 120_50, Received: calculation.NewDate(2026, 11, 2), Method: directory.Collected,
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Errorf("%v (-want +got):\n%s", err, diff)
	}
}

func TestDecodePaymentNamesWhatIsWrong(t *testing.T) {
	for _, c := range []struct{ old, new, want string }{
		{`BACS-1`, ``, "id must be 1 to 64 letters, digits and . _ : -"},
		{`300012345678`, `12`, "case must be 12 digits"},
		{`"120.50"`, `0`, "amount must be more than nothing"},
		{`"120.50"`, `"-5"`, "amount cannot be less than nothing"},
		{`"120.50"`, `"£5"`, `amount is not an amount in pounds such as "450" or "450.00"`},
		{`2026-11-02`, `02/11/2026`, `received is not a date such as "2026-04-06"`},
		{`2026-11-02`, ``, "received is needed"},
		{`collected`, `cash`, "method must be collected or direct"},
		{`collected`, `direct`, "to must be 1 to 64 letters, digits and . _ : -"},
		{`"id"`, `"to": "R1", "id"`, "to must be empty when the payment is collected: it is for everybody who is paid"},
		{`"id"`, `"payer": "P1", "id"`, "payer is not a known field"},
		{onePayment, `[]`, "the record must be an object"},
	} {
		record := strings.Replace(onePayment, c.old, c.new, 1)
		if _, err := directory.DecodePayment([]byte(record)); err == nil || err.Error() != c.want {
			t.Errorf("%s: %v, want %s", record, err, c.want)
		}
	}
}

// readPayments lists what a file gives: ids, and what is wrong with rows.
func readPayments(file string) (got []string) {
	reader := directory.NewPaymentReader(strings.NewReader(file))
	for {
		p, err := reader.Read()
		var row *directory.RowError
		switch {
		case errors.Is(err, io.EOF):
			return got
		case err == nil:
			got = append(got, p.ID+" "+p.Amount.Decimal())
		default:
			got = append(got, err.Error())
			if !errors.As(err, &row) {
				return got
			}
		}
	}
}

func TestPaymentReaderTakesGoodRows(t *testing.T) {
	const columns = "id,case,amount,received,method\n"
	const noColumns = "the first row must name the columns id, case, amount, received and method, and may name to"
	for name, c := range map[string]struct {
		file string
		want []string
	}{
		"nothing at all":       {"", nil},
		"columns only":         {columns, nil},
		"rows":                 {columns + "A,300012345678,5.00,2026-11-02,collected\nB,300012345678,6,2026-11-03,collected\n", []string{"A 5.00", "B 6.00"}},
		"quotes and CRLF":      {"id,case,amount,received,method\r\n\"A\",300012345678,5,2026-11-02,collected\r\n", []string{"A 5.00"}},
		"another order":        {"\uFEFFmethod,to,id,case,amount,received\ndirect,R1,A,300012345678,5,2026-11-02\n", []string{"A 5.00"}},
		"a bad value":          {columns + "A,300012345678,five,2026-11-02,collected\nB,300012345678,6,2026-11-03,collected\n", []string{`row 1 (line 2): amount is not an amount in pounds such as "450" or "450.00"`, "B 6.00"}},
		"a value is missing":   {columns + "A,300012345678,5\nB,300012345678,6,2026-11-03,collected\n", []string{"row 1 (line 2): does not have one value for each column", "B 6.00"}},
		"a quote in the wrong": {columns + "A\"x,300012345678,5,2026-11-02,collected\nB,300012345678,6,2026-11-03,collected\n", []string{"row 1 (line 2): does not have one value for each column", "B 6.00"}},
		"no columns":           {"A,300012345678,5,2026-11-02,collected\n", []string{noColumns}},
		"a column twice":       {"id,id,case,amount,received,method\n", []string{noColumns}},
		"a column is missing":  {"id,case,to,amount,received\n", []string{noColumns}},
	} {
		t.Run(name, func(t *testing.T) {
			if got := readPayments(c.file); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// What is read once is written and read again as the same.
func FuzzDecodePayment(f *testing.F) {
	f.Add([]byte(onePayment))
	f.Add([]byte(`{"id": "B", "case": "300012345678", "to": "R1", "amount": 5, "received": "2026-11-02", "method": "direct"}`))
	f.Fuzz(func(t *testing.T, record []byte) {
		p, err := directory.DecodePayment(record)
		if err != nil {
			if _, ok := errors.AsType[*directory.FieldError](err); !ok {
				t.Fatalf("not a field error: %v", err)
			}
			return
		}
		written, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := directory.DecodePayment(written); err != nil || again != p {
			t.Fatalf("%s is read again as %+v, %v", written, again, err)
		}
	})
}

// Any file at all ends, and gives payments that can be right.
func FuzzPaymentReader(f *testing.F) {
	f.Add("id,case,amount,received,method\nA,300012345678,5.00,2026-11-02,collected\n")
	f.Add("id,case,amount,received,method\n\"A\n\n,,,,\n")
	f.Fuzz(func(t *testing.T, file string) {
		reader := directory.NewPaymentReader(strings.NewReader(file))
		for {
			p, err := reader.Read()
			if _, ok := errors.AsType[*directory.RowError](err); ok {
				continue
			}
			if err != nil {
				return
			}
			if p.ID == "" || p.Amount <= 0 || p.Received == 0 {
				t.Fatalf("taken: %+v", p)
			}
		}
	})
}
