package console

import (
	"context"
	"errors"
	"io"
	"net/http"

	"parley/gateway"
)

// Calls is what is done with calls; nil where nobody answers the telephone.
type Calls interface {
	// Ring rings a caseworker at their telephone (E.164), to put them through to
	// a call that waits.
	Ring(ctx context.Context, call gateway.VisitID, telephone string) error
	// Voicemail returns what a caller has left, or gateway.ErrNotFound: there is
	// none, or not yet.
	Voicemail(ctx context.Context, call gateway.VisitID) (gateway.File, io.ReadCloser, error)
}

func (c *Console) callRoutes() []route {
	return []route{
		{"POST /console/tasks/{id}/ring", caseworkers, c.onTask(c.ringForTask), "rang for task"},
		{"GET /console/tasks/{id}/voicemail", caseworkers, c.voicemail, "heard voicemail"},
	}
}

// ring rings whoever has just taken a call, if that is what they took. It is
// said where the call is; that nobody could be rung does not undo the taking.
func (c *Console) ring(r *request, t gateway.Task) string {
	call, ok := gateway.CallOf(t.WorkItem)
	if !ok || c.config.Calls == nil || !waitsOnTheLine(t) {
		return "task.accepted"
	}
	if r.Staff.Telephone == "" {
		return "call.no-telephone"
	}
	if err := c.config.Calls.Ring(r.Context(), call, r.Staff.Telephone); err != nil {
		c.config.Log.WarnContext(r.Context(), "a caseworker could not be rung", "task", t.ID, "error", err)
		return "call.not-rung"
	}
	return "call.rings"
}

// waitsOnTheLine reports whether a caller waits for whoever takes a task of a
// call. Where there is danger that is not called a call.
func waitsOnTheLine(t gateway.Task) bool {
	return t.Kind == gateway.CallWork || t.Kind == gateway.DangerWork
}

// ringForTask rings once more for a call that somebody holds.
func (c *Console) ringForTask(r *request, t gateway.Task, _ int, _ string) (string, string, error) {
	if t.State != gateway.WorkHeld || t.Holder != r.Staff.ID {
		return "", "", gateway.ErrTaken
	}
	r.flash(c.ring(r, t))
	return "", "", nil
}

// voicemail lets whoever may see a task listen to what was left.
func (c *Console) voicemail(w http.ResponseWriter, r *request) error {
	task, _, err := c.config.Work.Task(r.Context(), r.Staff.ID, r.PathValue("id"))
	if err != nil {
		return c.orReason(err, task.Case)
	}
	if err := c.saw(r, aboutTask(task)); err != nil {
		return err
	}
	call, ok := gateway.CallOf(task.WorkItem)
	if !ok || c.config.Calls == nil {
		return errNoPage
	}
	file, content, err := c.config.Calls.Voicemail(r.Context(), call)
	if err != nil {
		return err
	}
	defer content.Close()
	w.Header().Set("Content-Type", file.Type)
	w.Header().Set("Content-Disposition", `inline; filename="voicemail.wav"`)
	if _, err := io.Copy(w, content); err != nil && !errors.Is(err, context.Canceled) {
		c.config.Log.WarnContext(r.Context(), "a voicemail was cut off", "task", task.ID, "error", err)
	}
	return nil
}
