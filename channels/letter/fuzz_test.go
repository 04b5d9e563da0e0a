package letter

import (
	"errors"
	"testing"

	"parley/gateway"
	"parley/templates/notices"
)

// FuzzLayout: whatever a letter says and to whom, it is written whole or
// refused; and what is written holds no more pages than it may.
func FuzzLayout(f *testing.F) {
	f.Add(sam, "Your payment", "What is due", "£100.00", uint8(0))
	f.Add("a\nb", "\u0302", "\xff\x00\n\n\n", "8888888888888888888888888888888888888888888888888", uint8(3))
	f.Add("李\n1", "👍", "ﷺ", "\U0010FFFF", uint8(5))
	kinds := []notices.BlockKind{notices.Paragraph, notices.Heading, notices.Bullets, notices.Numbers, notices.Inset, notices.Figures, "other"}
	b := newBench(f)
	f.Fuzz(func(t *testing.T, address, title, words, figure string, kind uint8) {
		m := message()
		m.To.Value, m.Title = address, title
		m.Document = notices.Document{
			{Kind: kinds[int(kind)%len(kinds)], Items: []string{words, figure}},
			{Kind: notices.Figures, Rows: [][2]string{{words, figure}}},
		}
		l := letter{
			language: m.Language, sender: b.channel.config.Sender["en"], address: addressLines(address),
			title: clean(title), body: body(m), large: kind > 127,
		}
		if fault := b.channel.fonts.fault(l); fault != nil {
			if failed, ok := errors.AsType[*gateway.SendError](fault); !ok || failed.Outcome != gateway.Refused {
				t.Errorf("fault %v", fault)
			}
			return
		}
		file, pages, err := b.channel.fonts.draw(l)
		switch {
		case err != nil && !errors.Is(err, errWideAddress) && !errors.Is(err, errManyPages):
			t.Errorf("drawing: %v", err)
		case err == nil && (len(file) == 0 || pages < 1 || pages > mostPages):
			t.Errorf("%d bytes on %d pages", len(file), pages)
		}
	})
}

func BenchmarkLetter(b *testing.B) {
	bench := newBench(b)
	l := letter{language: "en", sender: bench.channel.config.Sender["en"], address: addressLines(sam), title: "Your payment", body: body(message())}
	for b.Loop() {
		if _, _, err := bench.channel.fonts.draw(l); err != nil {
			b.Fatal(err)
		}
	}
}
