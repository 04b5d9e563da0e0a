package letter

import (
	"bytes"
	"compress/zlib"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates"
	"parley/templates/notices"
)

var errAway = errors.New("the store is away")

const sam = "Sam Example\n1 Long Lane\nLEEDS\nLS1 1AA"

// bench is a channel with an outbox of its own.
type bench struct {
	t       testing.TB
	channel *Channel
	dir     string
	people  *people
}

func newBench(t testing.TB) *bench {
	t.Helper()
	b := &bench{t: t, dir: t.TempDir(), people: &people{parties: []directory.Party{
		{Case: "300012345678", Reference: "300012345678", Role: directory.Paying, Person: "P1"},
		{Case: "300012345678", Reference: "300012345679", Role: directory.Receiving, Person: "R1"},
	}}}
	var err error
	b.channel, err = New(Config{
		Dir: b.dir, People: b.people,
		Sender: map[templates.Language][]string{
			templates.English: {"Child Maintenance Service", "PO Box 249", "MITCHELDEAN", "GL17 1AJ", "Call: 0800 171 2345"},
			templates.Welsh:   {"Gwasanaeth Cynhaliaeth Plant", "Blwch Post 249", "MITCHELDEAN", "GL17 1AJ", "Ffôn: 0800 232 1979"},
		},
		Clock: func() time.Time { return time.Date(2026, 6, 30, 23, 30, 0, 0, time.UTC) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// message is a letter to Sam in three blocks.
func message() gateway.Message {
	return gateway.Message{
		ID: "0199-m", Person: "P1", Case: "300012345678", Language: templates.English, Title: "Your payment",
		To:       gateway.Address{Channel: directory.Letter, Value: sam},
		Priority: gateway.Normal,
		Document: notices.Document{
			{Kind: notices.Heading, Items: []string{"What is due"}},
			{Kind: notices.Bullets, Items: []string{"Once", "Twice"}},
			{Kind: notices.Figures, Rows: [][2]string{{"Payment", "£100.00"}, {"Fee", "£20.00"}}},
		},
	}
}

// manifest reads the lines of the manifest.
func (b *bench) manifest() []entry {
	b.t.Helper()
	content, err := os.ReadFile(filepath.Join(b.dir, manifestFile))
	if err != nil {
		b.t.Fatal(err)
	}
	var entries []entry
	for line := range strings.Lines(string(content)) {
		var e entry
		if err := json.Unmarshal([]byte(line), &e); err != nil {
			b.t.Fatalf("line %q: %v", line, err)
		}
		entries = append(entries, e)
	}
	return entries
}

// read gives the words of a letter in the outbox, a line for each line.
func (b *bench) read(name string) string {
	b.t.Helper()
	file, err := os.ReadFile(filepath.Join(b.dir, name))
	if err != nil {
		b.t.Fatal(err)
	}
	return printed(b.t, file)
}

var (
	stream = regexp.MustCompile(`(?s)<</Filter /FlateDecode /Length \d+>>\nstream\n(.*?)\nendstream`)
	shown  = regexp.MustCompile(`(?s)BT ([\d.-]+) ([\d.-]+) Td \(((?:[^\\)]|\\.)*)\) ?Tj`)
	escape = regexp.MustCompile(`(?s)\\(.)`)
)

// line is a line of a letter, and where it begins: millimetres from the left,
// and from the top to its feet.
type line struct {
	left, base float64
	words      string
}

// printed gives the words of a PDF, a line for each line.
func printed(t testing.TB, file []byte) string {
	t.Helper()
	var text strings.Builder
	for _, l := range lines(t, file) {
		text.WriteString(l.words + "\n")
	}
	return text.String()
}

// lines reads a PDF, which writes each line as UTF-16.
func lines(t testing.TB, file []byte) (all []line) {
	t.Helper()
	for _, packed := range stream.FindAllSubmatch(file, -1) {
		unpack, err := zlib.NewReader(bytes.NewReader(packed[1]))
		if err != nil {
			continue // of a font
		}
		content, err := io.ReadAll(unpack)
		if err != nil {
			continue
		}
		for _, found := range shown.FindAllSubmatch(content, -1) {
			left, errLeft := strconv.ParseFloat(string(found[1]), 64)
			up, errUp := strconv.ParseFloat(string(found[2]), 64)
			if errLeft != nil || errUp != nil {
				t.Fatalf("a line at %s, %s", found[1], found[2])
			}
			raw := escape.ReplaceAllFunc(found[3], func(e []byte) []byte {
				if e[1] == 'r' {
					return []byte{'\r'}
				}
				return e[1:]
			})
			var units []uint16
			for i := 0; i+1 < len(raw); i += 2 {
				units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
			}
			all = append(all, line{left * point, pageHeight - up*point, string(utf16.Decode(units))})
		}
	}
	return all
}
