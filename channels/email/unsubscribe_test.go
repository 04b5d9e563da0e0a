package email_test

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"net/mail"
	"net/url"
	"strings"
	"testing"

	"parley/channels/channeltest"
	"parley/channels/email"
	"parley/gateway"
	"parley/templates"
)

// unsubscribeLink sends a reminder and returns the link in it.
func unsubscribeLink(t *testing.T, channel *email.Channel, office *postOffice, language templates.Language) string {
	t.Helper()
	m := gateway.Message{ID: "m-1", To: address, Language: language, Subject: gateway.Approach, Text: "Are you there?"}
	if _, err := channel.Send(t.Context(), m); err != nil {
		t.Fatal(err)
	}
	mails := office.taken()
	sent, err := mail.ReadMessage(strings.NewReader(mails[len(mails)-1].content))
	if err != nil {
		t.Fatal(err)
	}
	return strings.Trim(sent.Header.Get("List-Unsubscribe"), "<>")
}

// visit follows a link with a method.
func visit(handler http.Handler, method, link string) *httptest.ResponseRecorder {
	answer := httptest.NewRecorder()
	target, _ := url.Parse(link)
	request := httptest.NewRequest(method, target.RequestURI(), strings.NewReader("List-Unsubscribe=One-Click"))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	handler.ServeHTTP(answer, request)
	return answer
}

// TestUnsubscribe: only the button, or the mail program's one click, opts out.
func TestUnsubscribe(t *testing.T) {
	office, receiver := newPostOffice(t), &channeltest.Receiver{}
	channel := newChannel(t, office.address())
	handler := channel.Handler(receiver)
	link := unsubscribeLink(t, channel, office, templates.Welsh)
	if strings.Contains(link, "sam") || !strings.HasPrefix(link, "https://gateway.example/email/unsubscribe?token=") {
		t.Errorf("the link is %s", link)
	}
	if again := unsubscribeLink(t, channel, office, templates.Welsh); again != link {
		t.Error("one message has two links")
	}

	page := visit(handler, http.MethodGet, link)
	if page.Code != http.StatusOK || !strings.Contains(page.Body.String(), "Stopio e-byst") || !strings.Contains(page.Body.String(), "<button") {
		t.Errorf("the page: %d %s", page.Code, page.Body)
	}
	if got := receiver.Inbound(); len(got) > 0 {
		t.Fatalf("to look at the page was enough: %+v", got)
	}
	for range 2 {
		if answer := visit(handler, http.MethodPost, link); answer.Code != http.StatusOK || !strings.Contains(answer.Body.String(), "E-byst wedi") {
			t.Errorf("the button: %d %s", answer.Code, answer.Body)
		}
	}
	want := gateway.Inbound{ProviderID: "unsubscribe.m-1", From: address, To: mailbox, Keyword: gateway.Stop, Answered: true}
	got := receiver.Inbound()
	if len(got) != 2 || got[0].ProviderID != got[1].ProviderID || got[0].From != want.From || got[0].Keyword != want.Keyword || !got[0].Answered || got[0].Unverified != "" {
		t.Errorf("came as %+v, want %+v twice", got, want)
	}

	receiver.Fail(errors.New("the store is away"))
	if answer := visit(handler, http.MethodPost, link); answer.Code != http.StatusServiceUnavailable {
		t.Errorf("it was not stored, and the page says %d", answer.Code)
	}
}

// TestForgedLinks opt nobody out.
func TestForgedLinks(t *testing.T) {
	office, receiver := newPostOffice(t), &channeltest.Receiver{}
	channel := newChannel(t, office.address())
	other := newChannel(t, office.address(), func(c *email.Config) { c.Secret = []byte(strings.Repeat("another secret ", 3)) })
	link := unsubscribeLink(t, channel, office, templates.English)
	for _, forged := range []string{
		"https://gateway.example/email/unsubscribe",
		"https://gateway.example/email/unsubscribe?token=AAAA",
		"https://gateway.example/email/unsubscribe?token=%2F%2F",
		link[:len(link)-1],
		link[:len(link)-4] + "AAAA",
		unsubscribeLink(t, other, office, templates.English),
	} {
		for _, method := range []string{http.MethodGet, http.MethodPost} {
			if answer := visit(channel.Handler(receiver), method, forged); answer.Code != http.StatusNotFound {
				t.Errorf("%s %s: %d", method, forged, answer.Code)
			}
		}
	}
	if got := receiver.Inbound(); len(got) > 0 {
		t.Errorf("came: %+v", got)
	}
}
