package directory

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/go-json-experiment/json"

	"parley/gateway/calculation"
)

// Payment is money that is on record as paid by the paying parent of a case.
type Payment struct {
	ID       string            `json:"id"` // the payment provider's reference; the same again replaces it
	Case     CaseReference     `json:"case"`
	To       PersonID          `json:"to,omitempty"` // the receiving parent whom a direct payment went to
	Amount   calculation.Money `json:"amount"`       // in full, before any fee
	Received calculation.Date  `json:"received"`
	Method   PaymentMethod     `json:"method"`
}

// PaymentMethod is how money reached whom it was for.
type PaymentMethod string

// Collected by the service for everybody who is paid on the case, or direct
// from one parent to the other.
const (
	Collected PaymentMethod = "collected"
	Direct    PaymentMethod = "direct"
)

// DecodePayment reads one payment in its JSON form, as strictly as Decode reads
// a case. The error is a *FieldError.
func DecodePayment(record []byte) (Payment, error) {
	var p Payment
	if err := json.Unmarshal(record, &p, json.RejectUnknownMembers(true), amountsAsWritten()); err != nil {
		return Payment{}, fieldError(err)
	}
	return p, p.check()
}

func (p *Payment) check() error {
	switch {
	case !isIdentifier(p.ID):
		return &FieldError{"id", identifierForm}
	case !isReference(p.Case):
		return &FieldError{"case", referenceForm}
	case p.Amount == 0:
		return &FieldError{"amount", "must be more than nothing"}
	case p.Received == 0:
		return &FieldError{"received", "is needed"}
	case p.Method != Collected && p.Method != Direct:
		return &FieldError{"method", "must be collected or direct"}
	case p.Method == Collected && p.To != "":
		return &FieldError{"to", "must be empty when the payment is collected: it is for everybody who is paid"}
	case p.Method == Direct && !isIdentifier(string(p.To)):
		return &FieldError{"to", identifierForm}
	}
	return nil
}

// PaymentReader reads payments from CSV (RFC 4180). The first row names the
// columns, in any order: id, case, amount, received, method, and to where there
// are direct payments.
type PaymentReader struct {
	rows    *csv.Reader
	columns []string // once the first row is read
	row     int
}

var (
	paymentColumns = []string{"id", "case", "to", "amount", "received", "method"}
	errColumns     = errors.New("the first row must name the columns id, case, amount, received and method, and may name to")
	errCells       = errors.New("does not have one value for each column")
)

// NewPaymentReader makes a PaymentReader of a file in UTF-8, with or without a
// byte order mark.
func NewPaymentReader(in io.Reader) *PaymentReader {
	rows := csv.NewReader(in)
	rows.FieldsPerRecord, rows.ReuseRecord = -1, true
	return &PaymentReader{rows: rows}
}

// Read returns the next payment. At the end it returns io.EOF. A *RowError is
// about that row only, and the next Read goes on after it; after any other
// error there is nothing more to read.
func (r *PaymentReader) Read() (Payment, error) {
	if r.columns == nil {
		if err := r.readColumns(); err != nil {
			return Payment{}, err
		}
	}
	cells, err := r.rows.Read()
	badly, unread := errors.AsType[*csv.ParseError](err)
	if err != nil && !unread {
		return Payment{}, err
	}
	r.row++
	if unread {
		return Payment{}, &RowError{r.row, badly.StartLine, errCells}
	}
	p, err := r.payment(cells)
	if err != nil {
		line, _ := r.rows.FieldPos(0)
		return Payment{}, &RowError{r.row, line, err}
	}
	return p, nil
}

func (r *PaymentReader) readColumns() error {
	cells, err := r.rows.Read()
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	if err != nil {
		return fmt.Errorf("reading the columns: %w", err)
	}
	cells = slices.Clone(cells)
	cells[0] = strings.TrimPrefix(cells[0], "\uFEFF")
	for i, name := range cells {
		if !slices.Contains(paymentColumns, name) || slices.Contains(cells[:i], name) {
			return errColumns
		}
	}
	if missing := len(paymentColumns) - len(cells); missing > 1 || missing == 1 && slices.Contains(cells, "to") {
		return errColumns
	}
	r.columns = cells
	return nil
}

func (r *PaymentReader) payment(cells []string) (p Payment, err error) {
	if len(cells) != len(r.columns) {
		return p, errCells
	}
	for i, cell := range cells {
		switch name := r.columns[i]; name {
		case "id":
			p.ID = cell
		case "case":
			p.Case = CaseReference(cell)
		case "to":
			p.To = PersonID(cell)
		case "method":
			p.Method = PaymentMethod(cell)
		case "amount":
			err = p.Amount.UnmarshalText([]byte(cell))
		case "received":
			err = p.Received.UnmarshalText([]byte(cell))
		}
		if err != nil {
			return p, &FieldError{r.columns[i], err.Error()}
		}
	}
	return p, p.check()
}
