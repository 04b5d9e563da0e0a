package dialogs_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"parley/dialogs"
	"parley/dialogs/scripts"
)

// pages is where the pages about the dialogs that are shipped are kept.
const pages = "../docs/dialogs"

func TestPagesAreAsTheDialogsAre(t *testing.T) {
	all, err := dialogs.Load(scripts.FS)
	if err != nil {
		t.Fatal(err)
	}
	kept := map[string]bool{}
	for _, d := range all {
		kept[d.Name+".md"] = true
		want, err := d.Page(scripts.FS)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(pages, d.Name+".md"))
		if err != nil || string(got) != want {
			t.Errorf("the page of %s is not as the dialog is: parley dialogs print %s (%v)", d.Name, d.Name, err)
		}
	}
	files, err := os.ReadDir(pages)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if !kept[f.Name()] {
			t.Errorf("%s is the page of no dialog", f.Name())
		}
	}
}

const pageOfOneQuestion = `# Any

` + "`rent`" + `. This page is written by ` + "`parley dialogs print`" + `.

| | |
|---|---|
| for | anyone |
| identity | known |
| reports | pay |
| a person takes over | asked, retries |

` + "```mermaid\nDRAWN```" + `

## In English

### All

*By email, begun by us, identity confirmed, wales*

> It is us. How much?

**410**

> How often is £410 paid?\
> 1\. a week\
> 2\. a fortnight\
> 3\. every 4 weeks\
> 4\. a month\
> 5\. a year\
> Reply with the number or the words.

**\[a\]**

> Sorry, we did not understand that. How often is £410 paid?\
> 1\. a week\
> 2\. a fortnight\
> 3\. every 4 weeks\
> 4\. a month\
> 5\. a year\
> Reply with the number or the words.

**a week**

> £41 a week.

> One line.\
> Another.

> CM-EXAMPLE, 21 December 2026.

*The end: done.*

### Silent

*On the telephone, discreetly, paying parent*

> How much? Key in the amount in pounds, then press the hash key. Or say it.

*2d without a word*

> We are still waiting for your answer. How much? Key in the amount in pounds, then press the hash key. Or say it.

> We have not heard from you, so we have stopped asking. What you told us is kept.

*The end: expired.*
`

// A conversation that shows nothing new is left out, and what a transcript
// leaves out is there.
func TestAPageTellsWholeConversations(t *testing.T) {
	folder := fstest.MapFS{
		"rent/dialog.yaml": {Data: []byte(oneQuestion)},
		"rent/transcripts.txt": {Data: []byte(`# all      email en, started by us, identity confirmed, nation wales
…
> 410
…
> [a]
…
> a week
…
# the same again      sms en, identity confirmed
…
> 410 a week
…
# silent      voice en, discreet, role paying parent
…
+ 2d
…
`)},
	}
	d, err := dialogs.Load(folder)
	if err != nil {
		t.Fatal(err)
	}
	got, err := d[0].Page(folder)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Replace(pageOfOneQuestion, "DRAWN", d[0].Draw(), 1), got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestNoPageOfWhatIsBroken(t *testing.T) {
	for name, transcripts := range map[string]string{
		"not transcripts":         "hello\n",
		"given what nobody asked": "# all      sms en, given rent=yes\n",
		"it has ended":            "# all      sms en\n> 1 a week\n…\n> more\n",
	} {
		folder := fstest.MapFS{"rent/dialog.yaml": {Data: []byte(oneQuestion)}, "rent/transcripts.txt": {Data: []byte(transcripts)}}
		d, err := dialogs.Load(folder)
		if err != nil {
			t.Fatal(err)
		}
		if page, err := d[0].Page(folder); err == nil {
			t.Errorf("%s: %q", name, page)
		}
	}
}
