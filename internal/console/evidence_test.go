package console

import (
	"bytes"
	"net/http"
	"strings"
	"testing"

	"parley/gateway"
	"parley/gateway/directory"
)

// A picture is shown where it can do nothing; anything else is only kept; each
// is recorded.
func TestFiles(t *testing.T) {
	o := newOffice(t)
	drawn := picture(t)
	pdf := []byte("%PDF-1.7\n<script>alert(1)</script>\n%%EOF")
	shown := o.sends(t, "P1", "payslip ŵ.png", drawn)
	kept := o.sends(t, "P1", `a"b.pdf`, pdf)
	other := o.sends(t, "R1", "theirs.png", drawn)
	said, err := o.evidence.TakeVoicemail(t.Context(), gateway.Address{Channel: directory.Voice, Value: parentPhone}, "P1",
		bytes.NewReader([]byte("RIFF\x00\x00\x00\x00WAVEfmt ")))
	if err != nil {
		t.Fatal(err)
	}
	amara := o.signIn(t, "amara")
	page := "/console/people/P1/evidence"
	wants(t, "the page", amara.get(page), http.StatusOK, "payslip ŵ.png", "a&#34;b.pdf", "voicemail.wav", "PDF", "1 KB", "Not looked at for viruses", "!theirs.png")
	for _, c := range []struct {
		what, address, kind, disposition, action string
		content                                  []byte
	}{
		{"a picture", string(shown.ID), "image/png", "inline", "opened file", drawn},
		{"a picture to keep", string(shown.ID) + "?download", "image/png", "attachment", "downloaded file", drawn},
		{"a document", string(kept.ID), "application/pdf", "attachment", "downloaded file", pdf},
		{"a voicemail", string(said.ID), "audio/wav", "attachment", "downloaded file", nil},
	} {
		before := len(o.audit.since(0))
		got := amara.get(page + "/" + c.address)
		if got.status != http.StatusOK || got.header.Get("Content-Type") != c.kind || !strings.HasPrefix(got.header.Get("Content-Disposition"), c.disposition+";") ||
			c.kind != "image/png" && c.content != nil && got.body != string(c.content) {
			t.Errorf("%s: %d %v", c.what, got.status, got.header)
		}
		if policy := got.header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || !strings.HasSuffix(policy, "; sandbox") ||
			got.header.Get("X-Content-Type-Options") != "nosniff" || got.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %v", c.what, got.header)
		}
		id, _, _ := strings.Cut(c.address, "?")
		if entries := o.audit.since(before); len(entries) != 1 || entries[0].Action != c.action || entries[0].Object != id || entries[0].Person != "P1" {
			t.Errorf("%s: recorded: %+v", c.what, entries)
		}
	}
	before := len(o.audit.since(0))
	wants(t, "somebody else's", amara.get(page+"/"+string(other.ID)), http.StatusNotFound)
	wants(t, "none", amara.get(page+"/no-such-file"), http.StatusNotFound)
	if entries := o.audit.since(before); len(entries) > 0 {
		t.Errorf("recorded: %+v", entries)
	}
	o.audit.full = true
	if got := amara.get(page + "/" + string(shown.ID)); got.status != http.StatusInternalServerError {
		t.Errorf("what cannot be recorded is answered %d", got.status)
	}
}
