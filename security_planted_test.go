package main

import (
	"fmt"
	"net/http"
	"net/smtp"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/simulator"
	telephony "parley/internal/simulator/exchange"
)

// hostile is a text that would run in a browser, from wherever in a page it were
// not escaped. It tells where it was planted.
func hostile(place string) string {
	return fmt.Sprintf(`x"'><script>hostile("%[1]s")</script><img src=x onerror=hostile("%[1]s")><a href="javascript:hostile()">%[1]s</a>{{.}}`, place)
}

// hostileFile is the same as a file's name: of that the path is cut off, and it
// is kept short.
func hostileFile(place string) string { return `x"'><img src=x onerror=hostile(1)>` + place + ".pdf" }

// plantHostile has the outside say hostile things at every door. It returns those
// that a page has to show, and the browser of somebody in web chat.
func (d *demonstration) plantHostile() (planted []string, chatting http.Client) {
	d.t.Helper()
	d.api("PUT", "/api/v1/cases/300099999999", fmt.Sprintf(`{"reference": "300099999999", "team": "cardiff-1", "service": "direct_pay", "nation": "wales",
		"paying_parent": {"id": "PX", "name": %q, "needs": [%q], "phone": "07700 900991", "email": "px@example.com", "postal_address": [%q]},
		"receiving_parents": [{"id": "RX", "name": %q, "phone": "07700 900992", "children": [{"id": "CX", "name": %q}]}]}`,
		hostile("name"), hostile("need"), hostile("street"), hostile("other name"), hostile("child")))
	d.text("P1", "my pay has gone down")
	d.hears("P1", ".")
	d.text("P1", hostile("text"))
	d.text("P1", "PERSON")
	d.speaks(hostile("speech"))
	chatting = d.chats(hostile("chat"))
	d.mails("sam@example.com", "sam@example.com", hostile("mail"), hostileFile("attached"))
	d.mails("thief@elsewhere.example", "sam@example.com", hostile("forged mail"), hostileFile("forged"))
	d.staffWrites()
	return []string{
		hostile("name"), hostile("text"), hostile("note"), hostile("child"), hostile("reason"), hostile("speech"), hostile("chat"), hostile("mail"),
		hostile("forged mail"), hostile("task note"),
	}, chatting
}

// speaks has a stranger call and say something.
func (d *demonstration) speaks(words string) {
	d.t.Helper()
	x, err := telephony.New(telephony.Config{
		AccountSID: demoAccount, AuthToken: demoToken, Number: demoLandline, GatewayURL: d.url, NewSID: newSID,
		Sign: func(address string, form url.Values) string { return simulator.Sign(demoToken, address, form) },
	})
	if err != nil {
		d.t.Fatal(err)
	}
	line, err := x.Dial(d.t.Context(), strangerPhone(1))
	for _, say := range []func() error{
		func() error { return line.Press(d.t.Context(), "1") }, // in English
		func() error { return line.Press(d.t.Context(), "#") }, // without a reference
		func() error { return line.Press(d.t.Context(), "2") }, // to leave a few words
		func() error { return line.Press(d.t.Context(), "3") },
		func() error { return line.Speak(d.t.Context(), "Jo Bloggs", 0.9) },
		func() error { return line.Press(d.t.Context(), "07700900399#") },
		func() error { return line.Speak(d.t.Context(), words, 0.9) },
		func() error { return line.Press(d.t.Context(), "1#") }, // all is right
	} {
		if err == nil {
			err = say()
		}
	}
	if err != nil {
		d.t.Fatal(err, line.Script())
	}
}

// chats has a stranger say something in web chat, and ask for a person.
func (d *demonstration) chats(words string) http.Client {
	d.t.Helper()
	v := newVisitor(d.t, d.url)
	v.open("/chat")
	v.send("/chat/start", nil)
	for _, said := range []string{words, "PERSON"} {
		v.open("/chat")
		v.send("/chat", url.Values{"own": {said}, "answer": {said}})
	}
	return v.client
}

// mails has an email come, with a hostile subject, name and page, and a file.
func (d *demonstration) mails(envelope, from, words, file string) {
	d.t.Helper()
	message := fmt.Sprintf("From: %[1]q <%[2]s>\r\nTo: messages@%[3]s\r\nSubject: %[4]s\r\nMessage-ID: <%[5]s@example.com>\r\nDate: %[6]s\r\nMIME-Version: 1.0\r\n"+
		"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%[7]s\r\n"+
		"--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p onclick='hostile()'>%[7]s</p>\r\n"+
		"--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment; filename=%[8]q\r\n\r\n%%PDF-1.7\r\n%%%%EOF\r\n--b--\r\n",
		hostile("mail name"), from, demoMail, hostile("subject"), newSID(), time.Now().Format(time.RFC1123Z), words, file)
	if err := smtp.SendMail(d.made.settings.MailListen, nil, envelope, []string{"messages@" + demoMail}, []byte(message)); err != nil {
		d.t.Fatal(err)
	}
}

// staffWrites has a caseworker write wherever they can.
func (d *demonstration) staffWrites() {
	d.t.Helper()
	amara := d.signIn("amara")
	token := d.token(amara)
	task := d.one(`SELECT id FROM work_items WHERE person = 'P1' OR case_reference = '300012345678' ORDER BY id LIMIT 1`)
	talk := d.one(`SELECT id FROM conversations WHERE person = 'P1' ORDER BY id LIMIT 1`)
	said := d.one(`SELECT id FROM messages WHERE person = 'P1' AND NOT outgoing ORDER BY id LIMIT 1`)
	for _, form := range []struct {
		path   string
		values url.Values
	}{
		{"/console/cases/300012345678/notes", url.Values{"about": {"P1"}, "note": {hostile("note")}}},
		{"/console/open", url.Values{"case": {"300099999999"}, "reason": {hostile("reason")}, "to": {"/console/cases/300099999999"}}},
		{"/console/tasks/" + task + "/note", url.Values{"version": {"1"}, "note": {hostile("task note")}}},
		{"/console/messages/" + said, url.Values{"first": {hostile("label")}, "danger": {hostile("danger")}, "language": {hostile("language")}}},
		{"/console/conversations/" + talk + "/take-over", url.Values{"from": {""}}},
		{"/console/conversations/" + talk + "/write", url.Values{"text": {hostile("reply")}, "send": {"yes"}, "after": {"99"}}},
		{"/console/new-task/300012345678", url.Values{"kind": {"handoff"}, "person": {"P1"}, "note": {hostile("new task")}}},
	} {
		form.values.Set("token", token)
		response, err := amara.PostForm(d.url+form.path, form.values)
		if err != nil {
			d.t.Fatal(err)
		}
		p := d.pageOf(form.path, response)
		for _, finding := range markupIn(p) {
			d.t.Errorf("the answer to POST %s %s", form.path, finding)
		}
		if p.status >= 400 && p.status != http.StatusUnprocessableEntity {
			d.t.Fatalf("POST %s: %d", form.path, p.status)
		}
	}
}

// An address or a name on a letter is words in its PDF, and never what a reader
// carries out (ISO 32000-1 section 12.6).
func TestNothingInALetterIsCarriedOut(t *testing.T) {
	d := demonstrate(t)
	const breaksOut = `Jo) Tj ET endstream endobj 9 0 obj << /OpenAction << /S /JavaScript /JS (hostile\(\)) >> >>`
	_, err := d.made.channels.letters.Send(t.Context(), gateway.Message{
		ID: "L1", Person: "P1", To: gateway.Address{Channel: directory.Letter, Value: "Jo) Tj /JS (\n1 High Street\nLeeds\nLS1 1AA"},
		Title: breaksOut, Text: breaksOut, Language: "en",
	})
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(filepath.Join(os.Getenv("PARLEY_DATA_DIR"), "demo", "letters", "*.pdf"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	content, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if found := regexp.MustCompile(`/(JavaScript|JS|OpenAction|AA|Launch|URI|EmbeddedFile)\b`).Find(content); found != nil || !strings.HasPrefix(string(content), "%PDF-") {
		t.Errorf("the letter has %q", found)
	}
}
