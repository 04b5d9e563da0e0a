package directory_test

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"

	"parley/gateway/directory"
)

// numbered is a small case with a reference that ends in a number.
func numbered(n int) string {
	return strings.Replace(strings.ReplaceAll(leastCase, "\n", ""), "300012345678", fmt.Sprintf("%012d", n), 1)
}

// readAll reads an import to its end and tells each row as its number, or as
// its error, and then the error that ended it.
func readAll(in io.Reader) (rows []string, end error) {
	r := directory.NewReader(in)
	for {
		c, err := r.Read()
		bad, ok := errors.AsType[*directory.RowError](err)
		switch {
		case ok:
			rows = append(rows, bad.Error())
		case err != nil:
			return rows, err
		default:
			rows = append(rows, strings.TrimLeft(string(c.Reference), "0"))
		}
	}
}

func TestReaderReadsListsAndLines(t *testing.T) {
	const malformed = "the record is not well-formed JSON"
	pretty := strings.ReplaceAll(strings.ReplaceAll(numbered(1), "{", "{\n  "), ", ", ",\n  ")
	tests := []struct {
		name, file string
		rows       []string
		end        string // empty: io.EOF
	}{
		{"nothing", "", nil, ""},
		{"nothing but space", " \n\t\r\n", nil, ""},
		{"one case", numbered(1), []string{"1"}, ""},
		{"one case a line", numbered(1) + "\n" + numbered(2) + "\n", []string{"1", "2"}, ""},
		{"lines of Windows, after a byte order mark", "\uFEFF" + numbered(1) + "\r\n\r\n" + numbered(2) + "\r\n", []string{"1", "2"}, ""},
		{"a case over several lines", pretty + "\n" + numbered(2), []string{"1", "2"}, ""},
		{"a list", "[" + numbered(1) + ",\n " + numbered(2) + "]\n", []string{"1", "2"}, ""},
		{"a list of cases over several lines", "[\n" + pretty + ",\n" + pretty + "\n]", []string{"1", "1"}, ""},
		{"an empty list", "[ ]", nil, ""},
		{"a bad line", numbered(1) + "\npounds\n" + numbered(3), []string{"1", "row 2 (line 2): " + malformed, "3"}, ""},
		{"a line cut short", numbered(1)[:60] + "\n" + numbered(2), []string{"row 1 (line 1): service is not well-formed JSON", "2"}, ""},
		{"a string left open", `{"team": "leeds` + "\n" + numbered(2), []string{"row 1 (line 1): team is not well-formed JSON", "2"}, ""},
		{"a bad field", "\n{\"reference\": \"1\"}\n" + numbered(2), []string{"row 1 (line 2): reference must be 12 digits", "2"}, ""},
		{"a bad case in a list", "[" + numbered(1) + ",\n{\"team\":, ]},\n" + numbered(3) + "]", []string{"1", "row 2 (line 2): team is not well-formed JSON", "3"}, ""},
		{"a comma too many", "[" + numbered(1) + ",," + numbered(3) + ",]", []string{"1", "row 2 (line 1): " + malformed, "3"}, ""},
		{"brackets and quotes in strings", strings.Replace(numbered(1), `"id": "P1"`, `"id": "P1", "name": "a \"}],[{\\"`, 1), []string{"1"}, ""},
		{"a list cut short", "[" + numbered(1) + "," + numbered(2)[:50], []string{"1", "row 2 (line 1): " + malformed}, "the list does not end: the file may be cut short"},
		{"a list without its end", "[" + numbered(1), []string{"1"}, "the list does not end: the file may be cut short"},
		{"something after the list", "[" + numbered(1) + "]\n" + numbered(2), []string{"1"}, "something follows the list"},
		{"a row too long", `{"team": "` + strings.Repeat("x", directory.LongestRow) + "\"}\n" + numbered(2), []string{"row 1 (line 1): is longer than 1 MiB", "2"}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			rows, end := readAll(strings.NewReader(test.file))
			if fmt.Sprint(rows) != fmt.Sprint(test.rows) {
				t.Errorf("rows %q, want %q", rows, test.rows)
			}
			if end != io.EOF && end.Error() != test.end || end == io.EOF && test.end != "" {
				t.Errorf("ended with %v, want %s", end, test.end)
			}
		})
	}
}

func TestReaderTakesARowOfTheLongestLength(t *testing.T) {
	row := numbered(1)
	row += strings.Repeat(" ", directory.LongestRow-len(row))
	if rows, _ := readAll(strings.NewReader("[" + row + "]")); fmt.Sprint(rows) != "[1]" {
		t.Errorf("%d bytes: %q", len(row), rows)
	}
}

func TestReaderPassesOnAFailureToRead(t *testing.T) {
	broken := errors.New("the disk is gone")
	rows, end := readAll(io.MultiReader(strings.NewReader(numbered(1)+"\n"+numbered(2)), iotest.ErrReader(broken)))
	if fmt.Sprint(rows) != "[1]" || !errors.Is(end, broken) {
		t.Errorf("rows %q, ended with %v", rows, end)
	}
}

// However bad rows lie among good ones, every good row is read, in order.
func TestBadRowsTakeNoGoodOnesWithThem(t *testing.T) {
	bad := rapid.SampledFrom([]string{`{}`, `54`, `{"team": }`, `null`, `"}"`, `{"a": [1, {"b": "]"}]}`, `}`})
	rapid.Check(t, func(t *rapid.T) {
		var rows, want []string
		for n := range rapid.IntRange(0, 12).Draw(t, "rows") {
			if rapid.Bool().Draw(t, "good") {
				rows, want = append(rows, numbered(n+1)), append(want, fmt.Sprint(n+1))
			} else {
				rows = append(rows, bad.Draw(t, "bad"))
			}
		}
		for _, file := range []string{strings.Join(rows, "\n"), "[" + strings.Join(rows, ",\n") + "]"} {
			var good []string
			got, end := readAll(iotest.OneByteReader(strings.NewReader(file)))
			for _, row := range got {
				if !strings.HasPrefix(row, "row ") {
					good = append(good, row)
				}
			}
			if fmt.Sprint(good) != fmt.Sprint(want) || len(got) != len(rows) || end != io.EOF {
				t.Fatalf("%d rows, good %q, ended with %v; want %d rows, good %q\n%s", len(got), good, end, len(rows), want, file)
			}
		}
	})
}

func FuzzReader(f *testing.F) {
	f.Add("[" + numbered(1) + "," + numbered(2) + "]")
	f.Add(numbered(1) + "\n" + numbered(2))
	f.Add("[{\"a\": \"\\\"")
	f.Fuzz(func(t *testing.T, file string) {
		r := directory.NewReader(strings.NewReader(file))
		for reads := 0; ; reads++ {
			if reads > len(file)+1 {
				t.Fatal("more rows than bytes")
			}
			if _, err := r.Read(); err != nil && !errors.As(err, new(*directory.RowError)) {
				return
			}
		}
	})
}
