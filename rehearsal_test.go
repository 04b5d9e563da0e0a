package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"parley/dialogs"
	"parley/dialogs/scripts"
	"parley/gateway/gatewaytest"
)

// Whoever writes or translates a dialog tries it in a terminal: what people
// answer in the transcripts leads every dialog to the same end when it is piped
// to parley chat, in both languages and on every channel.
func TestEveryDialogCanBeTriedInATerminal(t *testing.T) {
	for _, d := range gatewaytest.Dialogs(t) {
		folder := folderOf(t, d)
		for _, language := range []string{"en", "cy"} {
			spoken := longestTranscript(t, d.Name, language)
			for _, channel := range dialogs.Channels() {
				status, out, problems := parley(spoken.says, append([]string{"chat", d.Name, "--dir", folder, "--channel", channel, "--language", language, "--now", "2026-11-22T10:00:00Z"}, spoken.args...)...)
				if status != 0 || problems != "" {
					t.Errorf("%s %s %s: exit %d, %s", d.Name, language, channel, status, problems)
				}
				if _, end, _ := strings.Cut(out, "\n= "); !strings.HasPrefix(end, spoken.outcome+" {") {
					t.Errorf("%s %s %s: ends with %q, want %s", d.Name, language, channel, end, spoken.outcome)
				}
			}
		}
	}
}

// folderOf is a folder with a dialog and those that it runs, or with all where it
// goes on with others: all take much longer to read.
func folderOf(t *testing.T, d *dialogs.Dialog) string {
	t.Helper()
	folder := t.TempDir()
	for _, file := range d.Source() {
		path := filepath.Join(folder, file.Name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, file.Content, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := dialogs.Load(os.DirFS(folder)); err == nil {
		return folder
	}
	folder = t.TempDir()
	if err := os.CopyFS(folder, scripts.FS); err != nil {
		t.Fatal(err)
	}
	return folder
}

// spoken is one transcript as a command line: what is known, what people write
// and how it ends.
type spoken struct {
	args          []string
	says, outcome string
}

var (
	header  = regexp.MustCompile(`^# .*?  +(?:\w+) (en|cy)(.*)$`)
	outcome = regexp.MustCompile(`(?m)^= (.*?) \{`)
)

// longestTranscript finds the transcript of a dialog in a language in which
// people write most, among those that a command line can say: no call gives
// something else than usual, no time passes, and nobody is contacted discreetly.
func longestTranscript(t *testing.T, name, language string) spoken {
	t.Helper()
	content, err := fs.ReadFile(scripts.FS, name+"/transcripts.txt")
	if err != nil {
		t.Fatal(err)
	}
	best, most := spoken{}, -1
	for transcript := range strings.SplitSeq("\n"+string(content), "\n# ") {
		m, end := header.FindStringSubmatch("# "+strings.SplitN(transcript, "\n", 2)[0]), outcome.FindStringSubmatch(transcript)
		if m == nil || m[1] != language || end == nil || strings.Contains(transcript, "\n+ ") {
			continue
		}
		args, ok := flagsOf(m[2])
		said := regexp.MustCompile(`(?m)^> .*$`).FindAllString(transcript, -1)
		if ok && len(said) > most {
			most = len(said)
			best = spoken{args, strings.ReplaceAll(strings.Join(said, "\n"), "> ", "") + "\n", end[1]}
		}
	}
	if most < 0 {
		t.Fatalf("%s has no transcript in %s that a command line can say", name, language)
	}
	return best
}

// flagsOf is the rest of a transcript's header as flags of parley chat.
func flagsOf(rest string) (args []string, ok bool) {
	args = []string{"--by-person"}
	for setting := range strings.SplitSeq(rest, ", ") {
		name, value, _ := strings.Cut(setting, " ")
		switch {
		case setting == "":
		case setting == "started by us":
			args = args[1:]
		case (name == "identity" || name == "role" || name == "nation" || name == "given") && !strings.Contains(name, "{"):
			args = append(args, "--"+name, value)
		default:
			return nil, false
		}
	}
	return args, true
}
