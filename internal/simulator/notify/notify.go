// Package notify emulates the part of GOV.UK Notify's REST API, version 2, that
// sends text messages by a template of one placeholder, with its faults. It
// follows https://docs.notifications.service.gov.uk/rest-api.html, keeps
// everything in memory and is no part of a service in use.
package notify

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"time"
)

// Fault is what goes wrong with a request to send. The zero Fault is a good day.
type Fault struct {
	Status int  // refused, with an error of Notify's own
	Hang   bool // the message is taken and the answer never comes
	Cut    bool // the message is taken and the connection breaks
	Garble bool // the message is taken and the answer cannot be read
}

// Message is a text message that the emulator has taken.
type Message struct{ ID, Reference, To, Text string }

// Notify is the emulator: an http.Handler for one service.
type Notify struct {
	Service, Secret string // what the API key ends with
	Template        string
	Clock           func() time.Time

	mu    sync.Mutex
	taken []Message
	fault Fault
}

// SetFault sets what goes wrong from now on.
func (n *Notify) SetFault(f Fault) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.fault = f
}

// Taken lists the messages so far.
func (n *Notify) Taken() []Message {
	n.mu.Lock()
	defer n.mu.Unlock()
	return append([]Message(nil), n.taken...)
}

// ServeHTTP answers as Notify's API does.
func (n *Notify) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	switch {
	case !n.proves(token):
		refuse(w, http.StatusForbidden, "AuthError")
	case r.Method == http.MethodPost && r.URL.Path == "/v2/notifications/sms":
		n.send(w, r)
	case r.Method == http.MethodGet && r.URL.Path == "/v2/notifications":
		n.list(w, r.URL.Query().Get("reference"))
	default:
		refuse(w, http.StatusNotFound, "NoResultFound")
	}
}

// proves checks a JSON Web Token: its signature, and that it was issued within
// 30 seconds.
func (n *Notify) proves(token string) bool {
	signed, signature, _ := cutLast(token, ".")
	mac := hmac.New(sha256.New, []byte(n.Secret))
	_, _ = mac.Write([]byte(signed)) // a hash never fails
	if !hmac.Equal([]byte(base64.RawURLEncoding.EncodeToString(mac.Sum(nil))), []byte(signature)) {
		return false
	}
	_, payload, _ := strings.Cut(signed, ".")
	text, err := base64.RawURLEncoding.DecodeString(payload)
	var claims struct {
		Issuer string `json:"iss"`
		Issued int64  `json:"iat"`
	}
	if err != nil || json.Unmarshal(text, &claims) != nil {
		return false
	}
	return claims.Issuer == n.Service && n.Clock().Sub(time.Unix(claims.Issued, 0)).Abs() <= 30*time.Second
}

func cutLast(text, separator string) (before, after string, found bool) {
	i := strings.LastIndex(text, separator)
	if i < 0 {
		return text, "", false
	}
	return text[:i], text[i+len(separator):], true
}

func (n *Notify) send(w http.ResponseWriter, r *http.Request) {
	var asked struct {
		To              string            `json:"phone_number"`
		Template        string            `json:"template_id"`
		Reference       string            `json:"reference"`
		Personalisation map[string]string `json:"personalisation"`
	}
	err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 64<<10)).Decode(&asked)
	n.mu.Lock()
	fault := n.fault
	n.mu.Unlock()
	switch {
	case fault.Status != 0:
		refuse(w, fault.Status, map[int]string{400: "BadRequestError", 403: "AuthError", 429: "RateLimitError"}[fault.Status])
		return
	case err != nil || asked.Template != n.Template || asked.Personalisation["message"] == "":
		refuse(w, http.StatusBadRequest, "BadRequestError")
		return
	case !strings.HasPrefix(asked.To, "+"):
		refuse(w, http.StatusBadRequest, "ValidationError")
		return
	}
	m := n.take(Message{Reference: asked.Reference, To: asked.To, Text: asked.Personalisation["message"]})
	switch {
	case fault.Hang:
		<-r.Context().Done()
		panic(http.ErrAbortHandler)
	case fault.Cut:
		panic(http.ErrAbortHandler)
	case fault.Garble:
		_, _ = w.Write([]byte("<html>"))
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusCreated)
	_ = json.NewEncoder(w).Encode(map[string]any{
		"id": m.ID, "reference": m.Reference, "content": map[string]string{"body": m.Text}, "template": map[string]string{"id": n.Template},
	})
}

func (n *Notify) take(m Message) Message {
	n.mu.Lock()
	defer n.mu.Unlock()
	m.ID = fmt.Sprintf("00000000-0000-4000-8000-%012x", len(n.taken)+1)
	n.taken = append(n.taken, m)
	return m
}

func (n *Notify) list(w http.ResponseWriter, reference string) {
	found := []map[string]string{}
	for _, m := range n.Taken() {
		if m.Reference == reference {
			found = append(found, map[string]string{"id": m.ID, "reference": m.Reference, "status": "sending"})
		}
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"notifications": found})
}

func refuse(w http.ResponseWriter, status int, name string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"status_code": status, "errors": []map[string]string{{"error": name, "message": name}}})
}
