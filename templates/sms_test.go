package templates_test

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"pgregory.net/rapid"

	"parley/templates"
)

func ExamplePrepareSMS() {
	sms := templates.PrepareSMS("We’ll write to you – by 3 November…")
	fmt.Println(sms.Text)
	fmt.Println(sms.Encoding, sms.Characters, sms.Segments)
	// Output:
	// We'll write to you - by 3 November...
	// GSM-7 37 1
}

func TestPrepareSMSText(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"nothing", "", ""},
		{"plain words stay", "Reply 1 for yes or 2 for no.", "Reply 1 for yes or 2 for no."},
		{"all of GSM-7 stays", "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà", "@£$¥èéùìòÇØøÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà"},
		{"the extension table stays", "^{}\\[~]|€\f", "^{}\\[~]|€\f"},
		{"Welsh letters stay", "ÀÁÂÈÊËÌÍÎÏÒÓÔÙÚÛÝáâêëíîïóôúûýÿŴŵŶŷŸẀẁẂẃẄẅỲỳ", "ÀÁÂÈÊËÌÍÎÏÒÓÔÙÚÛÝáâêëíîïóôúûýÿŴŵŶŷŸẀẁẂẃẄẅỲỳ"},
		{"Welsh letters typed as two characters", "w\u0302 a\u0302 W\u0308", "ŵ â Ẅ"},
		{"quotes", "‘it’s’ “so” ‚low‛ „low‟ «far» ‹near› 5′ 6″ it`s it´s", `'it's' "so" 'low' "low" "far" 'near' 5' 6" it's it's`},
		{"dashes", "a–b—c‑d‐e―f−g", "a-b-c-d-e-f-g"},
		{"ellipsis and bullets", "wait… • one ‣ two", "wait... - one - two"},
		{"spaces that do not break", "£410\u00a0a\u202fweek\u2009now\u3000then", "£410 a week now then"},
		{"zero-width characters", "gov\u200b.\u2060uk\ufeff\u200d\u200e\u00ad", "gov.uk"},
		{"tab", "a\tb", "a b"},
		{"line breaks", "a\nb\r\nc\rd\u2028e\vf", "a\nb\nc\nd\ne\nf"},
		{"other letters lose their accent", "façade Łódź çŞąīő ấ", "facade Lódz cSaio a"},
		{"letters with a stroke", "Đđ Ðð Ħħ Ŧŧ ı Œœ ẞ", "Dd Dd Hh Tt i OEoe ß"},
		{"an accent on its own", "a\u0323b \u0302", "ab "},
		{"emoji", "Thanks 👍 1️⃣ ❤️", "Thanks ? 1 ?"},
		{"a flag made of tags is one", "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f", "?"},
		{"other scripts", "Привет 你好", "?????? ??"},
		{"symbols are not letters", "a ≠ b ½ 10²", "a ? b ? 10?"},
		{"control characters", "a\x00b\x1bc\x7f", "a?b?c?"},
		{"bytes that are not UTF-8", "a\xffb\xc3", "a?b?"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := templates.PrepareSMS(c.in).Text; got != c.want {
				t.Errorf("PrepareSMS(%q).Text = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func TestCountSMS(t *testing.T) {
	a := func(n int) string { return strings.Repeat("a", n) }
	for _, c := range []struct {
		name       string
		text       string
		encoding   templates.Encoding
		characters int
		segments   int
	}{
		{"nothing is sent", "", templates.GSM7, 0, 0},
		{"one", "a", templates.GSM7, 1, 1},
		{"a full part", a(160), templates.GSM7, 160, 1},
		{"one too many", a(161), templates.GSM7, 161, 2},
		{"two full parts", a(306), templates.GSM7, 306, 2},
		{"three", a(307), templates.GSM7, 307, 3},
		{"the longest", a(918), templates.GSM7, 918, templates.MaxSegments},
		{"longer than the longest", a(919), templates.GSM7, 919, templates.MaxSegments + 1},
		{"the euro costs two", a(158) + "€", templates.GSM7, 159, 1},
		{"and may be what is too much", a(159) + "€", templates.GSM7, 160, 2},
		{"form feed costs two", a(159) + "\f", templates.GSM7, 160, 2},
		{"an escape is not split from its character", a(152) + "€" + a(152), templates.GSM7, 305, 3},
		{"as many septets, no split", a(151) + "€" + a(153), templates.GSM7, 305, 2},
		{"a part of extension characters holds 76", strings.Repeat("[", 153), templates.GSM7, 153, 3},
		{"Welsh, a full part", strings.Repeat("ŵ", 70), templates.UCS2, 70, 1},
		{"Welsh, one too many", strings.Repeat("ŵ", 71), templates.UCS2, 71, 2},
		{"Welsh, two full parts", "ŵ" + a(133), templates.UCS2, 134, 2},
		{"Welsh, the longest", "ŵ" + a(401), templates.UCS2, 402, templates.MaxSegments},
		{"the euro costs one in UCS-2", "ŵ" + strings.Repeat("€", 69), templates.UCS2, 70, 1},
		{"35 emoji", strings.Repeat("👍", 35), templates.UCS2, 35, 1},
		{"36 emoji", strings.Repeat("👍", 36), templates.UCS2, 36, 2},
		{"a surrogate pair is not split", strings.Repeat("👍", 67), templates.UCS2, 67, 3},
		{"bytes that are not UTF-8", "\xff\xff", templates.UCS2, 2, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := templates.CountSMS(c.text)
			want := templates.SMS{Text: c.text, Encoding: c.encoding, Characters: c.characters, Segments: c.segments}
			if got != want {
				t.Errorf("CountSMS = %+v, want %+v", got, want)
			}
		})
	}
}

// What is counted is what is sent, not what was asked for.
func TestPrepareSMSCountsAfterPreparing(t *testing.T) {
	got := templates.PrepareSMS(strings.Repeat("’", 159) + "\u200b…")
	if got.Encoding != templates.GSM7 || got.Characters != 162 || got.Segments != 2 {
		t.Errorf("got %s, %d characters, %d segments", got.Encoding, got.Characters, got.Segments)
	}
}

// anyText favours the characters that the rules are about.
func anyText() *rapid.Generator[string] {
	interesting := []rune("aZ09 €[]^\f\r\n\tŵŷâÁç’“–…•\u00a0\u200b\u0302\u0301👍Ω≠½\u2028Łœ한")
	return rapid.OneOf(
		rapid.String(),
		rapid.StringOf(rapid.SampledFrom(interesting)),
		rapid.Map(rapid.SliceOfN(rapid.Byte(), 0, 400), func(b []byte) string { return string(b) }),
		rapid.StringOfN(rapid.SampledFrom([]rune("aaaŵ€👍")), 60, 1000, -1),
	)
}

func TestPrepareSMSProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) { checkPrepared(t, anyText().Draw(t, "text")) })
}

func FuzzPrepareSMS(f *testing.F) {
	for _, s := range []string{"", "Reply 1", "We’ll…", "dŵr w\u0302", "👍\xff", "a\r\nb\t[€]", strings.Repeat("€", 81)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { checkPrepared(t, text) })
}

// checkPrepared holds PrepareSMS to what it promises for any text at all.
func checkPrepared(t interface {
	Fatalf(format string, args ...any)
}, text string) {
	sms := templates.PrepareSMS(text)
	if again := templates.PrepareSMS(sms.Text); again != sms {
		t.Fatalf("preparing twice: %+v became %+v", sms, again)
	}
	if !utf8.ValidString(sms.Text) || strings.ContainsAny(sms.Text, "\r\t\x00\x1b’…") {
		t.Fatalf("may not be sent: %q", sms.Text)
	}
	for _, count := range []templates.SMS{sms, templates.CountSMS(text)} {
		if want := partsByCutting(count.Text, count.Encoding); count.Segments != want {
			t.Fatalf("%q: %d segments, cutting makes %d", count.Text, count.Segments, want)
		}
	}
}

// partsByCutting cuts an encoded message up as a phone does: a part ends before
// the character that would be split. It is written over bytes and units so as
// to share nothing with what it checks.
func partsByCutting(text string, encoding templates.Encoding) int {
	var units []uint16 // of GSM-7 only whether a septet is an escape matters
	alone, joined := 160, 153
	cutsBefore := func(u uint16) bool { return u == 0x1b }
	if encoding == templates.UCS2 {
		units = utf16.Encode([]rune(text))
		alone, joined = 70, 67
		cutsBefore = func(u uint16) bool { return u >= 0xd800 && u < 0xdc00 }
	} else {
		for _, r := range text {
			if strings.ContainsRune("^{}\\[~]|€\f", r) {
				units = append(units, 0x1b)
			}
			units = append(units, 0)
		}
	}
	if len(units) <= alone {
		return min(len(units), 1)
	}
	parts := 0
	for len(units) > 0 {
		end := min(joined, len(units))
		if end < len(units) && cutsBefore(units[end-1]) {
			end--
		}
		units = units[end:]
		parts++
	}
	return parts
}

func BenchmarkPrepareSMS(b *testing.B) {
	english := strings.Repeat("Reply 1 up, 2 down, 3 about the same. ", 5)[:160]
	for _, c := range []struct{ name, text string }{
		{"plain160", english},
		{"welsh160", strings.Repeat("Pryd newidiodd eich tâl? Anfonwch ŵyth. ", 4)},
		{"smart160", english[:80] + "’" + english[:79]},
		{"plain918", strings.Repeat(english, 6)[:918]},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				templates.PrepareSMS(c.text)
			}
		})
	}
}
