package console

import (
	"net/http"
	"strings"

	"parley/dialogs"
	"parley/gateway"
	"parley/templates"
	"parley/templates/notices"
)

func (c *Console) catalogueRoutes() []route {
	return []route{
		{"GET /console/dialogs", everybody, c.cataloguePage, ""},
		{"GET /console/dialogs/{dialog}", everybody, c.dialogPage, ""},
		{"GET /console/dialogs/{dialog}/try", everybody, c.tryDialog, ""},
		{"POST /console/dialogs/{dialog}/try", everybody, c.tryDialog, ""},
		{"GET /console/notices/{notice}", everybody, c.noticePage, ""},
	}
}

// dialog is one of those that conversations begin on now; nil for none.
func (c *Console) dialog(name string) *dialogs.Dialog {
	for _, d := range c.config.Conversation.Dialogs() {
		if d.Name == name {
			return d
		}
	}
	return nil
}

// dialogFigures are how a dialog did lately.
type dialogFigures struct {
	Days, Begun, Completed int
	Share                  string // completed, of those that have ended
}

func figuresOf(f gateway.Figures, dialog string) dialogFigures {
	begun, completed := f.Sum(gateway.Endings, dialog, ""), f.Sum(gateway.Endings, dialog, string(gateway.Completed))
	share, _ := percent(completed, begun-f.Sum(gateway.Endings, dialog, string(gateway.Unfinished)))
	return dialogFigures{usualPeriod, begun, completed, share}
}

func (c *Console) cataloguePage(w http.ResponseWriter, r *request) error {
	figures, err := c.lately(r.Context(), usualPeriod)
	if err != nil {
		return err
	}
	type row struct {
		Name, Title, For string
		Figures          dialogFigures
	}
	content := struct {
		Dialogs []row
		Notices []*notices.Notice
	}{Notices: c.config.Figures.Notices}
	for _, d := range c.config.Conversation.Dialogs() {
		content.Dialogs = append(content.Dialogs, row{d.Name, d.Title(r.Language), forWhom(d.For), figuresOf(figures, d.Name)})
	}
	return c.page(w, r, http.StatusOK, "catalogue", r.say("nav.dialogs"), content)
}

// forWhom is whose dialog or notice it is, as the words for it are named.
func forWhom(of string) string {
	if of == "" {
		return "anyone"
	}
	return strings.ReplaceAll(of, " ", "-")
}

// stepView is a step with how many answered it, and stopped at it, lately.
type stepView struct {
	dialogs.Outlined
	Answered, Left int
}

// Said is what the step says in a language.
func (s stepView) Said(l templates.Language) string { return s.Words[l] }

// Offers are the answers that it offers in a language.
func (s stepView) Offers(l templates.Language) []string { return s.Choices[l] }

func (c *Console) dialogPage(w http.ResponseWriter, r *request) error {
	d := c.dialog(r.PathValue("dialog"))
	if d == nil {
		return errNoPage
	}
	figures, err := c.lately(r.Context(), usualPeriod)
	if err != nil {
		return err
	}
	content := struct {
		Dialog  *dialogs.Dialog
		For     string
		Title   string
		Figures dialogFigures
		Steps   []stepView
		Drawing *drawing
	}{Dialog: d, For: forWhom(d.For), Title: d.Title(r.Language), Figures: figuresOf(figures, d.Name)}
	for _, o := range d.Outline() {
		content.Steps = append(content.Steps, stepView{o, figures.Sum(gateway.AnsweredAt, d.Name, o.Step), figures.Sum(gateway.LeftAt, d.Name, o.Step)})
	}
	content.Drawing = drawSteps(r, content.Steps)
	return c.page(w, r, http.StatusOK, "dialog", content.Title, content)
}

// carriedForm is a notice as one channel carries it in one language.
type carriedForm struct {
	Form           notices.Form
	Language       templates.Language
	Subject, Text  string
	Parts, Letters int // of a text message
}

// noticePage shows a notice with made-up values.
func (c *Console) noticePage(w http.ResponseWriter, r *request) error {
	for _, n := range c.config.Figures.Notices {
		if n.Name != r.PathValue("notice") {
			continue
		}
		content := struct {
			Notice *notices.Notice
			For    string
			Forms  []carriedForm
		}{Notice: n, For: forWhom(n.For)}
		for _, form := range []notices.Form{notices.SMS, notices.Discreet, notices.Email, notices.Letter} {
			for _, language := range templates.Languages() {
				made, err := n.Render(form, language, n.MadeUp())
				if err != nil {
					return err
				}
				one := carriedForm{Form: form, Language: language, Subject: made.Subject, Text: made.Text}
				if form == notices.SMS || form == notices.Discreet {
					sms := templates.PrepareSMS(made.Text)
					one.Text, one.Parts, one.Letters = sms.Text, sms.Segments, sms.Characters
				}
				content.Forms = append(content.Forms, one)
			}
		}
		return c.page(w, r, http.StatusOK, "noticeforms", n.Title, content)
	}
	return errNoPage
}
