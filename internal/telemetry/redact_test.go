package telemetry

import (
	"fmt"
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"
)

func TestRedact(t *testing.T) {
	const x = redacted
	for _, c := range []struct{ name, text, want string }{
		{"nothing personal", "turn committed", "turn committed"},
		{"small numbers", "attempt 3 of 5 took 12.5 ms, SQLSTATE 23505", "attempt 3 of 5 took 12.5 ms, SQLSTATE 23505"},
		{"nothing", "", ""},

		{"E.164", "to +447700900123 failed", "to +" + x + " failed"},
		{"as people write it", "ring 07700 900 123 now", "ring " + x + " now"},
		{"with brackets", "ring +44 (0)7700 900123.", "ring +" + x + "."},
		{"with dots and dashes", "07700.900-123", x},
		{"with spaces that do not break", "07700\u00a0900\u202f123", x},
		{"in a word", "tel07700900123x", "tel" + x + "x"},
		{"in full-width digits", "０７７００９００１２３", x},
		{"a case reference", "case 300012345678", "case " + x},
		{"a sort code and account", "12-34-56 12345678", x},
		{"a date of birth", "born 1988-02-03", "born " + x},
		{"two lines are two numbers", "12345\n12345", "12345\n12345"},

		{"email", "from sam@example.com: refused", "from " + x + ": refused"},
		{"email with signs", "<o'sam+cm.1_x@mail.example.co.uk>", "<" + x + ">"},
		{"email with a quoted name", `"sam example"@example.com`, x},
		{"email of any script", "ŷsam@żółć.example", x},
		{"email in a path", "GET /people/sam%40example.com", "GET /people/" + x},
		{"email without a dot", "sam@localhost", x},
		{"user and password", "postgres://parley:pass@db:5432/parley", "postgres://parley:" + x + ":5432/parley"},
		{"an @ alone", "at @ 5", "at @ 5"},

		{"postcode", "LS1 1AA", x},
		{"postcode in lower case", "at sw1a 2aa, london", "at " + x + ", london"},
		{"postcode in one word", "post to EC1A1BB.", "post to " + x + "."},
		{"postcode after a word", "in M1  1AE", "in " + x},
		{"GIR 0AA", "GIR 0AA", x},
		{"not a postcode", "CR 43, RFC 8058, v1 2nd3", "CR 43, RFC 8058, v1 2nd3"},

		{"National Insurance number", "for AB123456C", "for " + x},
		{"National Insurance number in pairs", "AB 12 34 56 C is", x + " is"},
		{"National Insurance number without its last letter", "ab123456", x},

		{"query of a URL", `Post "https://api.example/Messages.json?To=%2B44770&x=1": EOF`, `Post "https://api.example/Messages.json` + x + `": EOF`},
		{"a question", "why? because a=b", "why? because a=b"},

		{"UUID", "turn 0190a3c2-7b1e-7123-8123-412345678901 lost", "turn 0190a3c2-7b1e-7123-8123-412345678901 lost"},
		{"Twilio's id", "SM12345678901234567890123456789012", "SM12345678901234567890123456789012"},
		{"not a UUID", "07700900-1234-1234-1234-1234567890123", x},
		{"several", "sam@example.com or 07700900123 at LS1 1AA", x + " or " + x + " at " + x},
		{"not UTF-8", "\xff07700900123\xff", "\xff" + x + "\xff"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Redact(c.text); got != c.want {
				t.Errorf("Redact(%q)\n got %q\nwant %q", c.text, got, c.want)
			}
		})
	}
}

// around is what may stand beside a number or an address in a message.
var around = rapid.StringMatching(`[ -/:-@\[-~a-zŷ’“]{0,12}`)

func TestNoPhoneNumberIsLeft(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.StringMatching(`[1-9][0-9]{6,14}`).Draw(t, "number")
		written := spaced(t, number)
		text := around.Draw(t, "before") + written + around.Draw(t, "after")
		if left := digits(Redact(text)); left != "" {
			t.Fatalf("%q leaves %q in %q", text, left, Redact(text))
		}
	})
}

func TestNoEmailAddressIsLeft(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		address := rapid.StringMatching(`[A-Za-z0-9'+_-]{1,20}(\.[A-Za-z0-9]{1,8})?`).Draw(t, "local part") +
			"@" + rapid.StringMatching(`([a-z0-9-]{1,12}\.){1,3}[a-z]{2,6}`).Draw(t, "domain")
		text := around.Draw(t, "before") + " " + address + around.Draw(t, "after")
		if got := Redact(text); strings.Contains(got, address) {
			t.Fatalf("%q is left in %q", address, got)
		}
	})
}

func TestNoPostcodeOrNationalInsuranceNumberIsLeft(t *testing.T) {
	postcode := rapid.StringMatching(`([A-Z][0-9]{1,2}|[A-Z]{2}[0-9]{1,2}|[A-Z][0-9][A-Z]|[A-Z]{2}[0-9][A-Z])( ?)[0-9][A-Z]{2}`)
	insurance := rapid.StringMatching(`[A-Z]{2}( ?[0-9]{2}){3} ?[A-D]`)
	rapid.Check(t, func(t *rapid.T) {
		secret := rapid.OneOf(postcode, insurance).Draw(t, "secret")
		if rapid.Bool().Draw(t, "lower case") {
			secret = strings.ToLower(secret)
		}
		text := around.Draw(t, "before") + " " + secret + " " + around.Draw(t, "after")
		if got := Redact(text); strings.Contains(got, secret) {
			t.Fatalf("%q is left in %q", secret, got)
		}
	})
}

func TestIdsStay(t *testing.T) {
	ids := rapid.OneOf(
		rapid.StringMatching(`[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}`),
		rapid.StringMatching(`(SM|MM|CA)[0-9a-f]{32}`),
		rapid.StringMatching(`[0-9a-f]{64}`),
	)
	rapid.Check(t, func(t *rapid.T) {
		text := fmt.Sprintf("commit %s: lost", ids.Draw(t, "id"))
		if got := Redact(text); got != text {
			t.Fatalf("%q became %q", text, got)
		}
	})
}

// TestLongTextsTakeNoLonger would take hours, not milliseconds, if any scanner
// looked at what it has seen again for every sign.
func TestLongTextsTakeNoLonger(t *testing.T) {
	for _, part := range []string{"@", "＠", "%40", "a@", `"@`, "?", "?a=", "1", "1 ", "1    ", "ab123456", "123456b", "A1 ", "0f", "\xff1"} {
		Redact(strings.Repeat(part, 1<<17/len(part)))
	}
}

func FuzzRedact(f *testing.F) {
	for _, seed := range []string{"", "+447700900123", "a@b@c", `"@"@x`, "LS1 1AA", "AB 12 34 56 C", "?a=", "\xff٣٤٥٦٧٨", "%40x%40", "000000A000AA000000"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := Redact(text)
		if again := Redact(got); again != got {
			t.Errorf("Redact(%q) = %q, and again %q", text, got, again)
		}
	})
}

func BenchmarkRedact(b *testing.B) {
	for name, text := range map[string]string{
		"nothing to see": "the outbox is empty",
		"id":             "commit turn 0190a3c2-7b1e-7123-8123-412345678901: another turn came first",
		"phone":          "send to +447700900123: refused with 21610",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Redact(text)
			}
		})
	}
}

// spaced writes a number as somebody might.
func spaced(t *rapid.T, number string) string {
	var written strings.Builder
	if rapid.Bool().Draw(t, "plus") {
		written.WriteByte('+')
	}
	separators := rapid.SampledFrom([]string{"", "", "", "", " ", "-", ".", ") ", " (", "\u2011"})
	for i, digit := range number {
		if i > 0 {
			written.WriteString(separators.Draw(t, "separator"))
		}
		written.WriteRune(digit)
	}
	return written.String()
}

func digits(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsDigit(r) {
			return r
		}
		return -1
	}, text)
}
