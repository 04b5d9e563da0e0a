package webchat

import (
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"time"

	"parley/gateway"
)

// A form with a file: the most bytes of it, and how long a slow telephone may
// take to send them.
const (
	maxUpload    = 11 << 20 // 10 MB, and what the form puts around it
	uploadWithin = 5 * time.Minute
	maxField     = 4 << 10
)

// upload takes a file as it comes, and then the message that it is. The form's
// fields come before the file, so that nothing is read for somebody who has no
// visit.
func (d *door) upload(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, maxUpload)
	defer allow(w, uploadWithin)()
	parts, err := r.MultipartReader()
	if err != nil || d.config.Evidence == nil {
		d.notice(w, r, http.StatusBadRequest, "not-taken")
		return
	}
	fields, file, err := untilFile(parts)
	if err != nil {
		d.notice(w, r, http.StatusBadRequest, "not-taken")
		return
	}
	r.PostForm = fields
	visit, ok := d.visit(w, r, fields.Get("token"))
	if !ok {
		return
	}
	problem, status := "want-file", http.StatusUnprocessableEntity
	if file != nil && file.FileName() != "" {
		if !d.hub.limiter().maySay(r.Context(), visit.ID) {
			problem, status = "too-many", http.StatusTooManyRequests
		} else {
			problem, status = d.refusedFile(r, d.takeFile(r, visit, fields.Get("id"), file))
		}
	}
	if r.Header.Get("Accept") == "text/plain" {
		d.tellScript(w, r, visit, problem, status)
		return
	}
	if problem == "" {
		http.Redirect(w, r, "/chat", http.StatusSeeOther)
		return
	}
	entries, err := d.to.Shown(r.Context(), visit.ID, 0)
	if err != nil {
		d.broken(w, r, err)
		return
	}
	d.again(w, r, status, visit, entries, problem)
}

// tellScript answers the page's script, which only shows what is wrong.
func (d *door) tellScript(w http.ResponseWriter, r *http.Request, visit gateway.Visit, problem string, status int) {
	if problem == "" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	words, err := say(visit.Language, problem)
	if err != nil {
		d.failed(w, r, err)
		return
	}
	http.Error(w, words, status)
}

// allow gives a request longer to be read than the server's own limit, which is
// for forms. Where that cannot be moved it holds. The result ends it.
func allow(w http.ResponseWriter, within time.Duration) (done func()) {
	reading := http.NewResponseController(w)
	_ = reading.SetReadDeadline(time.Time{})
	late := time.AfterFunc(within, func() { _ = reading.SetReadDeadline(time.Unix(1, 0)) })
	return func() { late.Stop() }
}

// untilFile reads the fields of a form up to its file, nil when it has none.
func untilFile(parts *multipart.Reader) (fields url.Values, file *multipart.Part, err error) {
	fields = url.Values{}
	for range 10 {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return fields, nil, nil
		}
		if err != nil {
			return nil, nil, err
		}
		if part.FormName() == "file" {
			return fields, part, nil
		}
		value, err := io.ReadAll(io.LimitReader(part, maxField))
		if err != nil {
			return nil, nil, err
		}
		fields.Set(part.FormName(), string(value))
	}
	return nil, nil, errNothing
}

func (d *door) takeFile(r *http.Request, visit gateway.Visit, id string, file *multipart.Part) error {
	if !isMessageID(id) {
		return errBadID
	}
	kept, err := d.config.Evidence.Take(r.Context(), visit.Address(), visit.Person, file.FileName(), file)
	if err != nil {
		return err
	}
	shown, err := say(visit.Language, "sent-file", kept.Name)
	if err != nil {
		return err
	}
	_, err = d.receive(r.Context(), d.to, visit, said{ID: id, Shown: shown, Files: []gateway.FileID{kept.ID}})
	return err
}

// refusedFile is the word for why a file was not taken; "" when it was.
func (d *door) refusedFile(r *http.Request, err error) (problem string, status int) {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.Is(err, gateway.ErrFileTooLarge), errors.As(err, &tooLarge):
		return "file-large", http.StatusRequestEntityTooLarge
	case errors.Is(err, gateway.ErrFileKind):
		return "file-kind", http.StatusUnsupportedMediaType
	case errors.Is(err, gateway.ErrFileUnreadable):
		return "file-bad", http.StatusUnprocessableEntity
	case errors.Is(err, gateway.ErrFileInfected):
		return "file-infected", http.StatusUnprocessableEntity
	default:
		return d.refusal(r, err)
	}
}
