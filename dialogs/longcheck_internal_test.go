package dialogs

import (
	"strconv"
	"strings"
	"testing"

	"parley/templates"
)

func TestALongCheckTakesSeveralTextMessages(t *testing.T) {
	m := Message{Step: "check", Words: "Check your answers.", Language: templates.Welsh, Private: true,
		Ask: &Ask{Kind: ForCheck, Problem: "Sorry."}}
	for n := 1; n <= 20; n++ {
		m.Ask.Rows = append(m.Ask.Rows, Row{Number: n, Label: "Tŷ", Value: strings.Repeat("w", 50)})
	}
	parts := m.parts(onSMS)
	var lines []string
	for i, part := range parts {
		text := part.Render(onSMS)
		if sms := templates.PrepareSMS(text); sms.Segments > templates.MaxSegments {
			t.Errorf("part %d takes %d text messages", i, sms.Segments)
		}
		if asks := part.Ask != nil; asks != (i == len(parts)-1) || !part.Private || part.Step != "check" {
			t.Errorf("part %d is %+v: the last one asks, all are private", i, part)
		}
		lines = append(lines, strings.Split(text, "\n")...)
	}
	if len(parts) < 3 || len(lines) != 22 || lines[0] != "Sorry. Check your answers." || !strings.Contains(lines[21], "IAWN") {
		t.Errorf("%d parts, %q", len(parts), lines)
	}
	for n := 1; n <= 20; n++ {
		if !strings.HasPrefix(lines[n], strconv.Itoa(n)+". Tŷ: ") {
			t.Errorf("line %d is %q", n, lines[n])
		}
	}
	if n := len(m.parts(onEmail)); n != 1 || len(m.Ask.Rows) != 20 {
		t.Errorf("%d emails, %d rows left", n, len(m.Ask.Rows))
	}
}
