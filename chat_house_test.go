package main

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/jpeg"
	"io"
	"mime/multipart"
	"net/url"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/servertest"
	"parley/internal/simulator"
)

// A parent begins by text, follows a link into web chat, and gives the last
// answers by email: one conversation, no question asked twice.
func TestOneConversationByTextWebChatAndEmail(t *testing.T) {
	d := demonstrate(t)
	d.text("P1", "PAY")
	d.hears("P1", "^Has your pay before tax gone up or down")
	d.text("P1", "down")
	d.hears("P1", "^How much are you paid now")
	d.text("P1", "when is my next payment?") // told only to somebody who shows who they are
	v := newVisitor(t, d.url)
	link := d.linkIn(d.hears("P1", "/chat/l/"))
	v.open(link)
	v.send(link, nil)
	v.see("secret")
	v.send("/chat/confirm", url.Values{"secret": {"1234567"}})
	v.asked("Is there more that we can do?")
	v.send("/chat", url.Values{"answer": {"nothing more"}})
	v.asked("How much are you paid now")
	v.send("/chat", url.Values{"answer": {"420", "a week"}})
	v.asked("When did your pay change?")
	v.send("/chat", url.Values{"answer": {"1", "3", "2026"}})
	v.asked("Add a photo of your latest payslip.")

	d.emails(simulator.Letter{Text: "later"})
	asked := d.emailed("Check your answers")
	d.emails(simulator.Letter{Text: "OK", Answers: &asked})
	d.emailed("We will write to you by")

	d.reported("P1", incomeAnswers)
	if held := d.count(`SELECT COUNT(*) FROM conversations WHERE dialog = 'income-change'`); held != 1 {
		t.Errorf("%d conversations", held)
	}
	everything := strings.Join(d.texts("P1"), "\n") + v.open("/chat/copy/messages.txt")
	for _, mail := range d.demo.mailbox.Mails(samsMail) {
		if !mail.Mine {
			everything += mail.Text
		}
	}
	for _, question := range []string{"Has your pay before tax", "When did your pay change?", "Check your answers"} {
		if asked := strings.Count(everything, question); asked != 1 {
			t.Errorf("%q was asked %d times", question, asked)
		}
	}
}

const samsMail = "sam@example.com"

// emails has the parent of the first case write an email.
func (d *demonstration) emails(l simulator.Letter) {
	d.t.Helper()
	l.From, l.Name = samsMail, "Sam Example"
	if err := d.demo.mailbox.Send(l); err != nil {
		d.t.Fatal(err)
	}
}

// emailed waits until they are sent an email that says something.
func (d *demonstration) emailed(words string) simulator.Mail {
	d.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(30 * time.Millisecond) {
		for _, mail := range d.demo.mailbox.Mails(samsMail) {
			if !mail.Mine && strings.Contains(mail.Text, words) {
				return mail
			}
		}
	}
	d.t.Fatalf("no email says %q: %+v", words, d.demo.mailbox.Mails(samsMail))
	return simulator.Mail{}
}

// count counts rows by a query.
func (d *demonstration) count(query string) int {
	d.t.Helper()
	var rows int
	if err := d.made.store.Writer().QueryRowContext(d.t.Context(), query).Scan(&rows); err != nil {
		d.t.Fatal(err)
	}
	return rows
}

// A payslip is a photo that tells of the home that it was taken in, until we
// keep it. One with a virus is refused, and another's file is nobody's answer.
func TestAPhotoOfAPayslip(t *testing.T) {
	t.Setenv("PARLEY_CLAMD", servertest.StartClamd(t))
	d := demonstrate(t)
	v := d.atThePayslip("P1", "1234567")
	if page := v.upload("virus.jpg", append(photo(t), servertest.VirusForTests...)); !strings.Contains(page, "The file has a virus. Choose another") {
		t.Errorf("a virus: %s", page)
	}
	v.asked("Add a photo of your latest payslip.")
	v.upload("at home.jpg", photo(t))
	v.asked("Check your answers.")
	v.send("/chat", url.Values{"say": {"OK"}})
	v.see("We will write to you by")

	var id string
	if err := d.made.store.Writer().QueryRowContext(t.Context(), `SELECT id FROM files`).Scan(&id); err != nil {
		t.Fatal(err)
	}
	d.reported("P1", fmt.Sprintf(`{"direction": "down", "pay": {"amount": "420.00", "period": "week"}, "since": "2026-03-01", "payslip": ["%s"]}`, id))
	file, kept, err := d.made.channels.evidence.Open(t.Context(), gateway.FileID(id), "P1")
	if err != nil {
		t.Fatal(err)
	}
	defer kept.Close()
	content, err := io.ReadAll(kept)
	if err != nil {
		t.Fatal(err)
	}
	if bytes.Contains(content, []byte("53.8008")) || bytes.Contains(content, []byte("Exif")) || file.Scanned == "" || file.Type != "image/jpeg" {
		t.Errorf("kept %+v: %q", file, content[:min(len(content), 80)])
	}
	if _, err := jpeg.Decode(bytes.NewReader(content)); err != nil {
		t.Errorf("the photo is no photo any more: %v", err)
	}

	// Somebody else who has learnt the file's id.
	other := d.atThePayslip("P4", "4567890")
	err = d.made.gateway.Receive(t.Context(), gateway.Inbound{ProviderID: "theirs", From: other.visitAddress(d), Files: []gateway.FileID{gateway.FileID(id)}})
	if err != nil {
		t.Fatal(err)
	}
	other.see("Please send a file")
	other.asked("Add a photo of your latest payslip.")
}

// atThePayslip has a parent come by a link as far as the question for a photo.
func (d *demonstration) atThePayslip(person, pin string) *visitor {
	d.t.Helper()
	v := newVisitor(d.t, d.url)
	link := d.invited(person, "5 my payments", "5")
	v.open(link)
	v.send(link, nil)
	v.see("secret")
	v.send("/chat/confirm", url.Values{"secret": {pin}})
	for _, turn := range []struct{ asks, answer string }{
		{"Is there more that we can do?", "nothing more"},
		{"How easy was this chat to use?", "PAY"},
		{"Has your pay before tax gone up or down?", "down"},
		{"How much are you paid now, before tax?", "420,a week"},
		{"When did your pay change?", "1,3,2026"},
	} {
		v.asked(turn.asks)
		v.send("/chat", url.Values{"answer": strings.Split(turn.answer, ",")})
	}
	v.asked("Add a photo of your latest payslip.")
	return v
}

// visitAddress is where the last visit is answered.
func (v *visitor) visitAddress(d *demonstration) gateway.Address {
	v.t.Helper()
	var id string
	if err := d.made.store.Writer().QueryRowContext(v.t.Context(), `SELECT id FROM visits ORDER BY id DESC LIMIT 1`).Scan(&id); err != nil {
		v.t.Fatal(err)
	}
	return gateway.Address{Channel: directory.WebChat, Value: id}
}

// upload sends a file by the form that takes one.
func (v *visitor) upload(name string, content []byte) string {
	v.t.Helper()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	_, inside, _ := strings.Cut(v.page, `action="/chat/files"`)
	for _, input := range hidden.FindAllStringSubmatch(inside, 3) {
		_ = form.WriteField(input[1], input[2]) // never fails: a buffer
	}
	part, err := form.CreateFormFile("file", name)
	if err != nil {
		v.t.Fatal(err)
	}
	_, _ = part.Write(content)
	_ = form.Close()
	response, err := v.client.Post(v.address+"/chat/files", form.FormDataContentType(), &body)
	return v.read(response, err)
}

// photo is a JPEG whose Exif tells where it was taken.
func photo(t *testing.T) []byte {
	t.Helper()
	var picture bytes.Buffer
	if err := jpeg.Encode(&picture, image.NewRGBA(image.Rect(0, 0, 32, 32)), nil); err != nil {
		t.Fatal(err)
	}
	exif := "Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x25\x88\x04\x00\x01\x00\x00\x00\x1a\x00\x00\x00\x00\x00\x00\x00GPS 53.8008 N"
	segment := binary.BigEndian.AppendUint16([]byte{0xff, 0xe1}, uint16(len(exif)+2))
	return append(append(picture.Bytes()[:2:2], append(segment, exif...)...), picture.Bytes()[2:]...)
}

// What a visitor writes while the gateway restarts is neither lost nor doubled,
// and the page goes on by itself.
func TestALivePageOutlastsARestart(t *testing.T) {
	d := demonstrate(t)
	p := openChat(t, d.url, "restart", servertest.NarrowPhone)
	p.follow(d.invited("P1", "5 my payments", "5"))
	p.live()
	p.Until(`document.querySelector("input[name=secret]") !== null`)
	p.Fill("#answer", "1234567")
	p.Leave(goOn)
	p.live()
	p.asks("Is there more that we can do?")
	p.Fill("#choice-2", "")
	p.Press(goOn)
	p.asks("How easy was this chat to use?")
	p.Fill("#own", "PAY")
	p.Press("form[data-answer=own] button")
	p.asks("Has your pay before tax gone up or down?")
	d.stop()
	p.Until(`document.querySelector(".connection").textContent !== ""`)
	p.Fill("#choice-1", "")
	p.Press(goOn)
	p.Until(`document.querySelector(".bubble:last-child .bubble__state")?.textContent === "Sending"`)
	p.look("away")
	d.begin()
	p.asks("How much are you paid now, before tax?")
	p.live()
	p.look("back")
	said := servertest.Evaluate[[]string](p.Browser, `[...document.querySelectorAll(".log .bubble > p:first-of-type")].map((p) => p.innerText).slice(-5)`)
	want := []string{"How easy was this chat to use?", "PAY", "Has your pay before tax gone up or down?", "down",
		"How much are you paid now, before tax? Say how often too, like 450 a week."}
	if strings.Join(said, "|") != strings.Join(want, "|") {
		t.Errorf("the page shows %q", said)
	}
	if held := d.count(`SELECT COUNT(*) FROM conversations WHERE dialog = 'income-change'`); held != 1 {
		t.Errorf("%d conversations", held)
	}
}
