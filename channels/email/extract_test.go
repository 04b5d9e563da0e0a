package email

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/emersion/go-message/mail"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write what is read as what is expected; look at the difference before keeping it")

// newWordsOf reads a whole message as the server does.
func newWordsOf(t testing.TB, content []byte) string {
	t.Helper()
	entity, err := readMessage(content)
	if err != nil {
		t.Fatalf("it cannot be read: %v", err)
	}
	subject, _ := (&mail.Header{Header: entity.Header}).Subject()
	return newWords(readLetter(entity).text, subject)
}

// TestReplies reads the messages in testdata/replies: NAME.eml is a message as
// some program sends it, NAME.txt what is new in it.
func TestReplies(t *testing.T) {
	const fewest = 60
	messages, err := filepath.Glob("testdata/replies/*.eml")
	if err != nil || len(messages) < fewest {
		t.Fatalf("%d messages (%v), want %d at least", len(messages), err, fewest)
	}
	for _, path := range messages {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".eml"), func(t *testing.T) {
			content, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			got := newWordsOf(t, content)
			expected := strings.TrimSuffix(path, ".eml") + ".txt"
			if *update {
				if err := os.WriteFile(expected, []byte(got+"\n"), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(expected)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.TrimSuffix(string(want), "\n"), got); diff != "" {
				t.Errorf("new words (-want +got):\n%s", diff)
			}
		})
	}
}

// TestSentencesThatLookLikeQuotations are the writer's own.
func TestSentencesThatLookLikeQuotations(t *testing.T) {
	for _, text := range []string{
		"On Monday my ex wrote:\nI will not pay",
		"From: my last job I got 400 a week\nNow I get 350",
		"Thanks\nYou can ring me on 07700 900101 after 5",
		"Thanks\n07700 900101",
		"My new address is\n12 Oak Street\nLeeds\nLS1 1AA",
		"Regards what you said, I do not agree.",
		"I get 350 - 400 a week",
		"410",
		"1 November 2026",
		"On Monday at 10:30 my ex wrote:\nI will not pay",
		"On 3 March 2026 I lost my job. My boss wrote to me:\n\nyou are redundant",
		"It stopped on 1/11/2026\n--- not sure ---\nor 2/11",
		"Sent from work they told me to ask you",
		"This email is from my new address",
	} {
		if got := newWords(text, "Re: A message for you"); got != text {
			t.Errorf("newWords(%q) = %q", text, got)
		}
	}
}

// FuzzMessage: whatever comes, it is read, and to valid text.
func FuzzMessage(f *testing.F) {
	messages, _ := filepath.Glob("testdata/replies/*.eml")
	for _, path := range messages {
		if content, err := os.ReadFile(path); err == nil {
			f.Add(content)
		}
	}
	f.Add([]byte("Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=b\n\n--b\n--a--"))
	f.Fuzz(func(t *testing.T, content []byte) {
		entity, err := readMessage(content)
		if err != nil {
			return
		}
		h := mail.Header{Header: entity.Header}
		_, _ = authorOf(h)
		_ = isAutomatic(h, "")
		l := readLetter(entity)
		if words := newWords(l.text, ""); !utf8.ValidString(words) {
			t.Errorf("%q is not UTF-8", words)
		}
		if entity, err := readMessage(content); err == nil {
			(&Channel{config: Config{Domain: "mail.example"}, tokens: &tokens{}}).readReport(entity)
		}
	})
}

// FuzzNewWords: what is new was there before, and taken again it is the same
// or less.
func FuzzNewWords(f *testing.F) {
	f.Add("down\n\nOn Mon, 23 Nov 2026 at 10:00, X <x@mail.example> wrote:\n> up or down?", "Re: A message for you")
	f.Add("a\n-- \nSam\n> q", "")
	f.Fuzz(func(t *testing.T, text, subject string) {
		words := newWords(text, subject)
		tidied := strings.ReplaceAll(tidy(text), " ", "")
		for line := range strings.SplitSeq(words, "\n") {
			if !strings.Contains(tidied, strings.ReplaceAll(line, " ", "")) {
				t.Errorf("%q is not in %q", line, text)
			}
		}
		if again := newWords(words, subject); len(again) > len(words) {
			t.Errorf("taken again %q is %q", words, again)
		}
	})
}

// TestPageText is how pages read as text.
func TestPageText(t *testing.T) {
	for _, c := range []struct{ page, want string }{
		{"<p>one</p><p>two</p>", "one\n\ntwo"},
		{"one<br>two<br/>three", "one\ntwo\nthree"},
		{"<div>one</div><div><br></div><div>two</div>", "one\n\ntwo"},
		{"a  b\n c<b>d</b> <i>e</i>", "a b cd e"},
		{"<html><head><title>t</title><style>p{}</style></head><body>x<script>y</script></body>", "x"},
		{"<head><meta charset=x><body>x", "x"},
		{"<p>&pound;410 &amp; more&nbsp;or less &#x1f600;</p>", "£410 & more or less 😀"},
		{"<ul><li>one</li><li>two</li></ul>", "one\ntwo"},
		{"<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"},
		{"mine<blockquote>q1<blockquote>q2</blockquote>q3</blockquote>mine", "mine\n> q1\n>> q2\n> q3\nmine"},
		{"mine<div class=gmail_quote_container><div>On x wrote:</div><blockquote>q</blockquote></div>", "mine\n> On x wrote:\n>> q"},
		{"<pre>a  b\n c</pre>", "a  b\n c"},
		{"</div></blockquote>x</p>", "x"},
		{"x<!-- y --><![CDATA[z]]>", "x"},
		{"", ""},
	} {
		if got := pageText(c.page); got != c.want {
			t.Errorf("pageText(%q) = %q, want %q", c.page, got, c.want)
		}
	}
}

// TestUnflow is RFC 3676.
func TestUnflow(t *testing.T) {
	for _, c := range []struct {
		text   string
		delete bool
		want   string
	}{
		{"one \ntwo\nthree", false, "one two\nthree"},
		{"one \ntwo", true, "onetwo"},
		{"> q1 \n> q2\nmine", false, "> q1 q2\nmine"},
		{"> q1 \n>> q2", false, "> q1 \n>> q2"},
		{"mine\n-- \nSam", false, "mine\n-- \nSam"},
		{" From here", false, "From here"},
		{"one \n\ntwo", false, "one \n\ntwo"},
	} {
		if got := unflow(c.text, c.delete); got != c.want {
			t.Errorf("unflow(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

// BenchmarkReply reads a reply of Outlook's, HTML and all.
func BenchmarkReply(b *testing.B) {
	content, err := os.ReadFile("testdata/replies/outlook-365-html.eml")
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(content)))
	b.ReportAllocs()
	for b.Loop() {
		newWordsOf(b, content)
	}
}

// BenchmarkNewWords takes the new words out of a long thread.
func BenchmarkNewWords(b *testing.B) {
	text := "down\n\nThanks\nSam\n\nOn Mon, 23 Nov 2026 at 10:00, X <x@mail.example> wrote:\n" + strings.Repeat("> quoted words that were there before\n", 500)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		newWords(text, "Re: A message for you")
	}
}
