package twilio

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"

	"github.com/twilio/twilio-go/client"
)

// maxForm is how many bytes a form may have; a long text in Welsh has 10,000.
const maxForm = 64 << 10

// Forms reads what Twilio posts to an account's webhooks. It is safe for
// concurrent use.
type Forms struct {
	publicURL string
	validator client.RequestValidator
}

// NewForms returns the reader of a checked account's forms.
func NewForms(a Account) *Forms {
	return &Forms{publicURL: a.PublicURL, validator: client.NewRequestValidator(a.AuthToken)}
}

// Read returns the fields of a form that Twilio signed for a path of ours, or the
// HTTP status to refuse it with: 400, 403, 413 or 415. The URL that was signed is
// the one we gave Twilio, whatever host this request says it is for.
func (f *Forms) Read(w http.ResponseWriter, r *http.Request, path string) (fields map[string]string, refused int) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/x-www-form-urlencoded" {
		return nil, http.StatusUnsupportedMediaType
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxForm))
	if err != nil {
		var tooLarge *http.MaxBytesError
		if errors.As(err, &tooLarge) {
			return nil, http.StatusRequestEntityTooLarge
		}
		return nil, http.StatusBadRequest
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, http.StatusBadRequest
	}
	fields = make(map[string]string, len(form))
	for name, values := range form {
		fields[name] = values[0] // Twilio's validator too looks at the first
	}
	signed := f.publicURL + path
	if r.URL.RawQuery != "" {
		signed += "?" + r.URL.RawQuery
	}
	if !f.validator.Validate(signed, fields, r.Header.Get("X-Twilio-Signature")) || rearranged(fields) {
		return nil, http.StatusForbidden
	}
	return fields, 0
}

// rearranged finds forms whose signature is right but which Twilio did not
// send. The signature covers names and values run together, so that who has
// seen one webhook could cut it up differently: a MessageSid short of its last
// characters would pass for a new message. Those characters, digits and small
// letters, would have to begin a name, and no name of Twilio's begins so.
func rearranged(fields map[string]string) bool {
	for name := range fields {
		if name == "" || name[0] < 'A' || name[0] > 'Z' {
			return true
		}
	}
	return false
}
