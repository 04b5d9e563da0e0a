package simulator

import (
	"net/http"
	"net/url"
	"slices"
)

var mailboxPage = framed("mailbox")

// mailboxView is what pages/mailbox.html shows.
type mailboxView struct {
	Case    string
	Cases   []string
	Service string
	Boxes   []boxView
	Dialogs []DialogChoice

	Elsewhere []Link
}

// boxView is one person's mailbox, newest first.
type boxView struct {
	Person
	Writes string // the language in words
	Mails  []Mail
}

// Address is where the page posts what happens in this mailbox.
func (v boxView) Address() string { return "/simulator/mailbox/" + url.PathEscape(v.ID) }

// Last is the message that an answer is to; nil when none has come.
func (v boxView) Last() *Mail {
	for i := range v.Mails {
		if !v.Mails[i].Mine {
			return &v.Mails[i]
		}
	}
	return nil
}

// page shows the mailboxes of one case: the one asked for, or the first.
func (m *Mailbox) page(w http.ResponseWriter, r *http.Request) {
	people, err := m.config.People(r.Context())
	if err != nil {
		http.Error(w, "The people could not be read.", http.StatusInternalServerError)
		return
	}
	view := mailboxView{Case: r.FormValue("case"), Service: m.config.Service, Dialogs: m.config.Dialogs(), Elsewhere: m.config.Elsewhere}
	for _, person := range people {
		if !slices.Contains(view.Cases, person.Case) && len(view.Cases) < maxCases {
			view.Cases = append(view.Cases, person.Case)
		}
		if view.Case == "" {
			view.Case = person.Case
		}
		if person.Case == view.Case && person.Email != "" {
			mails := m.Mails(person.Email)
			slices.Reverse(mails)
			view.Boxes = append(view.Boxes, boxView{Person: person, Writes: languageName(person.Language), Mails: mails})
		}
	}
	writePage(w, mailboxPage, view, "same-origin")
}
