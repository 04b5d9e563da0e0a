package console

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"strconv"

	"parley/gateway"
	"parley/gateway/directory"
)

// Types that a browser may show, and those that it may only keep. Anything else
// is given as bytes without a meaning.
var (
	shownTypes = map[string]bool{"image/jpeg": true, "image/png": true}
	keptTypes  = map[string]bool{"application/pdf": true, "audio/wav": true}
)

// filesShown is how many files the page of somebody's evidence has.
const filesShown = 24

// evidenceView is what the page of somebody's files shows.
type evidenceView struct {
	Person directory.Person
	Role   directory.Role
	Case   directory.CaseReference
	Files  []evidenceFile
}

// evidenceFile is a file that somebody sent.
type evidenceFile struct {
	gateway.File
	Picture bool
	KB      int64
}

func (c *Console) evidencePage(w http.ResponseWriter, r *request) error {
	s, err := c.somebodyFor(r)
	if err != nil {
		return err
	}
	if err := c.saw(r, s.about()); err != nil {
		return err
	}
	files, err := c.config.Case.Records.FilesOf(r.Context(), s.person.ID, filesShown)
	if err != nil {
		return err
	}
	v := evidenceView{Person: s.person, Role: s.role(), Case: s.file.Reference}
	for _, f := range files {
		sees, err := c.seesFile(r, s, &f)
		if err != nil {
			return err
		}
		if sees {
			v.Files = append(v.Files, evidenceFile{f, shownTypes[f.Type], (f.Size + 1023) / 1024})
		}
	}
	return c.page(w, r, http.StatusOK, "evidence", r.say("evidence.title", s.person.Name), v)
}

// seesFile reports whether a file may be shown: it is of a conversation on a
// case that may be seen.
func (c *Console) seesFile(r *request, s *somebody, f *gateway.File) (bool, error) {
	if f.Conversation == "" {
		return s.sees(""), nil
	}
	conversation, err := c.config.Case.Records.Conversation(r.Context(), f.Conversation)
	if errors.Is(err, gateway.ErrNotFound) {
		return s.sees(""), nil
	}
	return s.sees(conversation.Case), err
}

// evidenceFile answers with a file itself. A picture is shown, and can do
// nothing: it is in a sandbox of its own. Everything else is only kept.
func (c *Console) evidenceFile(w http.ResponseWriter, r *request) error {
	s, err := c.somebodyFor(r)
	if err != nil {
		return err
	}
	known, err := c.config.Case.Records.File(r.Context(), gateway.FileID(r.PathValue("file")))
	if err != nil {
		return err
	}
	if sees, err := c.seesFile(r, s, &known); err != nil || !sees || known.Person != s.person.ID {
		return errors.Join(err, gateway.ErrNotFound)
	}
	entry := s.about()
	entry.Conversation, entry.Object = known.Conversation, string(known.ID)
	if !shownTypes[known.Type] || r.URL.Query().Has("download") {
		entry.Action = "downloaded file"
	}
	if err := c.saw(r, entry); err != nil {
		return err
	}
	f, content, err := c.config.Case.Evidence.Open(r.Context(), known.ID, s.person.ID)
	if err != nil {
		return err
	}
	defer content.Close()
	h := w.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'; sandbox")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Content-Type", "application/octet-stream")
	if shownTypes[f.Type] || keptTypes[f.Type] {
		h.Set("Content-Type", f.Type)
	}
	h.Set("Content-Length", strconv.FormatInt(f.Size, 10))
	disposition := "inline"
	if entry.Action != "" {
		disposition = "attachment"
	}
	h.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": f.Name}))
	_, _ = io.Copy(w, content) // the browser may have gone
	return nil
}
