package letter

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates"
	"parley/templates/notices"
)

func (b *bench) send(m gateway.Message) string {
	b.t.Helper()
	receipt, err := b.channel.Send(b.t.Context(), m)
	if err != nil {
		b.t.Fatal(err)
	}
	return b.read(receipt.ProviderID)
}

func TestWhatALetterSays(t *testing.T) {
	english := message()
	welsh := message()
	welsh.Language, welsh.Title, welsh.Person = templates.Welsh, "Eich taliad ŵ ŷ", "R1"
	plain := message()
	plain.Document, plain.Title, plain.Text, plain.Case = nil, "", "First.\n\nSecond.", "999999999999"

	for _, test := range []struct {
		name string
		in   gateway.Message
		want []string
	}{
		{"in English", english, []string{
			"Sam Example", "1 Long Lane", "LEEDS", "LS1 1AA",
			"Child Maintenance Service", "PO Box 249", "MITCHELDEAN", "GL17 1AJ", "Call: 0800 171 2345",
			"1 July 2026", "Our reference: 300012345678", // the day in London
			"Your payment", "What is due", "•", "Once", "•", "Twice", "Payment", "£100.00", "Fee", "£20.00",
			"300012345678", "Page 1 of 1",
		}},
		{"in Welsh, to the other parent, by their own reference", welsh, []string{
			"Sam Example", "1 Long Lane", "LEEDS", "LS1 1AA",
			"Gwasanaeth Cynhaliaeth Plant", "Blwch Post 249", "MITCHELDEAN", "GL17 1AJ", "Ffôn: 0800 232 1979",
			"1 Gorffennaf 2026", "Ein cyfeirnod: 300012345679",
			"Eich taliad ŵ ŷ", "What is due", "•", "Once", "•", "Twice", "Payment", "£100.00", "Fee", "£20.00",
			"300012345679", "Tudalen 1 o 1",
		}},
		{"plain text, on a case that is not the person's", plain, []string{
			"Sam Example", "1 Long Lane", "LEEDS", "LS1 1AA",
			"Child Maintenance Service", "PO Box 249", "MITCHELDEAN", "GL17 1AJ", "Call: 0800 171 2345",
			"1 July 2026", "First.", "Second.", "", "Page 1 of 1",
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := newBench(t).send(test.in)
			if diff := cmp.Diff(strings.Join(test.want, "\n")+"\n", got); diff != "" {
				t.Errorf("words (-want +got):\n%s", diff)
			}
		})
	}
}

func TestManifest(t *testing.T) {
	b := newBench(t)
	alert, statutory := message(), message()
	alert.ID, alert.Priority = "0199-a", gateway.Alert
	statutory.ID, statutory.Notice = "0199-s", &gateway.Notice{Statutory: true}
	for _, m := range []gateway.Message{message(), alert, statutory} {
		b.send(m)
	}
	var want []entry
	for _, e := range []entry{{ID: "0199-m", Class: "second"}, {ID: "0199-a", Class: "first"}, {ID: "0199-s", Class: "first"}} {
		e.File, e.Pages, e.Created = e.ID+".pdf", 1, time.Date(2026, 6, 30, 23, 30, 0, 0, time.UTC)
		file, err := os.ReadFile(filepath.Join(b.dir, e.File))
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(file)
		e.SHA256 = hex.EncodeToString(sum[:])
		want = append(want, e)
	}
	if diff := cmp.Diff(want, b.manifest()); diff != "" {
		t.Errorf("manifest (-want +got):\n%s", diff)
	}
	content, err := os.ReadFile(filepath.Join(b.dir, manifestFile))
	if err != nil || strings.Contains(string(content), "Sam") || strings.Contains(string(content), "LS1") {
		t.Errorf("the manifest tells whom a letter is for, or cannot be read: %v", err)
	}
}

// TestOneLetterOfAMessage also after a crash between the file and its line, or
// in the middle of the line.
func TestOneLetterOfAMessage(t *testing.T) {
	b := newBench(t)
	b.send(message())
	first := b.manifest()
	changed := message()
	changed.Title = "Another title"
	if got := b.send(changed); !strings.Contains(got, "Your payment") {
		t.Errorf("the letter was replaced: %s", got)
	}
	if diff := cmp.Diff(first, b.manifest()); diff != "" {
		t.Errorf("sent again (-first +again):\n%s", diff)
	}
	if err := os.WriteFile(filepath.Join(b.dir, manifestFile), []byte(`{"id": "0199`), 0o600); err != nil {
		t.Fatal(err)
	}
	b.send(changed)
	content, err := os.ReadFile(filepath.Join(b.dir, manifestFile))
	if err != nil {
		t.Fatal(err)
	}
	if lines := strings.Split(string(content), "\n"); len(lines) != 3 || !strings.Contains(lines[1], first[0].SHA256) {
		t.Errorf("after a crash the manifest is %q", content)
	}
	drafts, err := filepath.Glob(filepath.Join(b.dir, ".letter-*"))
	if err != nil || len(drafts) > 0 {
		t.Errorf("drafts are left: %v, %v", drafts, err)
	}
}

func TestRefusals(t *testing.T) {
	lines := func(n int, line string) string { return strings.TrimSuffix(strings.Repeat(line+"\n", n), "\n") }
	for _, test := range []struct {
		name   string
		change func(*gateway.Message)
		code   string // empty: it is written
	}{
		{"as it is", func(*gateway.Message) {}, ""},
		{"an address of 30 lines", func(m *gateway.Message) { m.To.Value = lines(30, "Flat") }, "address"},
		{"an address of seven lines", func(m *gateway.Message) { m.To.Value = lines(7, "Flat") }, ""},
		{"an address of seven lines with gaps", func(m *gateway.Message) { m.To.Value = lines(7, "Flat\r\n \t\n") }, ""},
		{"an address of one line", func(m *gateway.Message) { m.To.Value = "Sam Example" }, "address"},
		{"no address", func(m *gateway.Message) { m.To.Value = "" }, "address"},
		{"an address of long lines", func(m *gateway.Message) { m.To.Value = lines(3, strings.Repeat("n", 42)) }, ""},
		{"an address of lines that are too long", func(m *gateway.Message) { m.To.Value = lines(3, strings.Repeat("n", 60)) }, "address"},
		{"an address in letters that we do not have", func(m *gateway.Message) { m.To.Value = "李小龙\n1 Long Lane" }, "address"},
		{"a name that is written in two parts", func(m *gateway.Message) { m.To.Value = "Siân Ŵyn\n1 Long Lane" }, ""},
		{"nothing to say", func(m *gateway.Message) { m.Document = notices.Document{} }, "empty"},
		{"only space to say", func(m *gateway.Message) {
			m.Document = notices.Document{{Kind: notices.Paragraph, Items: []string{" \u200b"}}}
		}, "empty"},
		{"an emoji", func(m *gateway.Message) { m.Document[0].Items[0] = "👍" }, "characters"},
		{"an emoji in a title", func(m *gateway.Message) { m.Title = "👍" }, "characters"},
		{"what does not show", func(m *gateway.Message) { m.Document[0].Items[0] = "a\x00b\u200bc\ufeff" }, ""},
		{"a word of 5,000 letters", func(m *gateway.Message) { m.Document[0].Items[0] = strings.Repeat("w", 5000) }, ""},
		{"figures of 5,000 digits", func(m *gateway.Message) { m.Document[2].Rows[0][1] = strings.Repeat("8", 5000) }, ""},
		{"300 pages", func(m *gateway.Message) { m.Document[0].Items[0] = strings.Repeat("long ", 200_000) }, "long"},
		{"a table of 300 pages", func(m *gateway.Message) { m.Document[2].Rows = make([][2]string, 10_000) }, "long"},
		{"an id that leads elsewhere", func(m *gateway.Message) { m.ID = "../manifest" }, "id"},
		{"a language that we do not write", func(m *gateway.Message) { m.Language = "fr" }, ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := newBench(t)
			m := message()
			test.change(&m)
			_, err := b.channel.Send(t.Context(), m)
			failed, _ := errors.AsType[*gateway.SendError](err)
			switch {
			case test.code == "" && err != nil:
				t.Errorf("Send = %v, want a letter", err)
			case test.code != "" && (failed == nil || failed.Outcome != gateway.Refused || failed.Code != test.code):
				t.Errorf("Send = %v, want it refused with code %q", err, test.code)
			}
			files, err := os.ReadDir(b.dir)
			if err != nil || test.code != "" && len(files) > 0 {
				t.Errorf("%d files of a letter that was refused (%v)", len(files), err)
			}
		})
	}
	b := newBench(t)
	b.people.err = gateway.ErrNotFound
	if _, err := b.channel.Send(t.Context(), message()); err == nil || !strings.Contains(err.Error(), "person") {
		t.Errorf("to nobody: %v", err)
	}
}

func TestLargePrint(t *testing.T) {
	m := message()
	m.Document = notices.Document{{Kind: notices.Paragraph, Items: []string{strings.Repeat("Words of a long letter. ", 300)}}}
	b := newBench(t)
	b.send(m)
	b.people.person = directory.Person{Needs: []string{"Large print"}}
	m.ID = "0199-large"
	b.send(m)
	if e := b.manifest(); e[0].Pages != 3 || e[1].Pages != 5 {
		t.Errorf("%d pages, and %d in large print", e[0].Pages, e[1].Pages)
	}
}

// TestWindow: the address is where the window always shows it, and nothing else
// where it ever could, however large the print and long the sender.
func TestWindow(t *testing.T) {
	b := newBench(t)
	b.people.person = directory.Person{Needs: []string{"large print"}}
	long := []string{"Child Maintenance Service", "with a name that is far too long for one line of its own", "3", "4", "5", "6", "7", "8"}
	b.channel.config.Sender[templates.English] = long
	m := message()
	m.To.Value = strings.Repeat("Llanfairpwllgwyngyllgogerychwyrndrobwll\n", mostAddressLines)
	b.send(m)
	file, err := os.ReadFile(filepath.Join(b.dir, "0199-m.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	for i, l := range lines(t, file) {
		height := 18 * point // no letter is higher
		switch inside := l.left > 19.9 && l.left < 100 && l.base > 57+2 && l.base < 81; {
		case i < mostAddressLines && !inside:
			t.Errorf("the address's line %d is at %.1f, %.1f", i+1, l.left, l.base)
		case i >= mostAddressLines && l.left < 110 && l.base > 46 && l.base-height < 92:
			t.Errorf("%q is at %.1f, %.1f, where the window may show it", l.words, l.left, l.base)
		}
	}
}

func TestConfigThatCannotBe(t *testing.T) {
	good := newBench(t).channel.config
	for name, change := range map[string]func(*Config){
		"no folder":      func(c *Config) { c.Dir = filepath.Join(c.Dir, "nowhere") },
		"no people":      func(c *Config) { c.People = nil },
		"no clock":       func(c *Config) { c.Clock = nil },
		"no sender":      func(c *Config) { c.Sender = nil },
		"a long sender":  func(c *Config) { c.Sender = map[templates.Language][]string{"en": make([]string, 9), "cy": {"x"}} },
		"unprintable":    func(c *Config) { c.Sender = map[templates.Language][]string{"en": {"👍"}, "cy": {"x"}} },
		"only in Welsh":  func(c *Config) { c.Sender = map[templates.Language][]string{"cy": {"x"}} },
		"a file instead": func(c *Config) { c.Dir = "doc.go" },
	} {
		t.Run(name, func(t *testing.T) {
			c := good
			change(&c)
			if _, err := New(c); err == nil {
				t.Error("it was taken")
			}
		})
	}
}
