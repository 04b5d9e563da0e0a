package dialogs

import (
	"strconv"
	"strings"
)

// command is a word that works in every dialog.
type command int

const (
	noCommand command = iota
	helpCommand
	backCommand
	changeCommand
	personCommand
	welshCommand
	englishCommand
	statusCommand
)

// commandWords are the words, in small letters and without accents or full
// stops. STOP and START are not here: they belong to the channel.
var commandWords = map[string]command{
	"help": helpCommand, "helpu": helpCommand, "helpwch": helpCommand, "cymorth": helpCommand,
	"back": backCommand, "go back": backCommand, "yn ol": backCommand, "nol": backCommand,
	"change": changeCommand, "newid": changeCommand,
	"person": personCommand, "a person": personCommand, "rhywun": personCommand, "human": personCommand,
	"speak to a person": personCommand, "talk to someone": personCommand, "siarad a rhywun": personCommand,
	"cymraeg": welshCommand, "welsh": welshCommand, "yn gymraeg": welshCommand,
	"english": englishCommand, "saesneg": englishCommand, "in english": englishCommand,
	"status": statusCommand, "statws": statusCommand,
}

// longestCommand bounds what is looked at: "change 12" and the phrases above.
const longestCommand = 32

// parseCommand reads a command and, for CHANGE, the number after it (0: none).
func parseCommand(text string) (command, int) {
	if len(text) > longestCommand {
		return noCommand, 0
	}
	words := plain(text)
	if c, ok := commandWords[words]; ok {
		return c, 0
	}
	word, rest, ok := strings.Cut(words, " ")
	if c := commandWords[word]; ok && c == changeCommand {
		rest = strings.TrimPrefix(strings.TrimPrefix(rest, "number "), "rhif ")
		if n, err := strconv.Atoi(rest); err == nil && n > 0 {
			return changeCommand, n
		}
	}
	return noCommand, 0
}

// accents are the accented letters of command words, without their accents.
var accents = strings.NewReplacer("ô", "o", "Ô", "o", "â", "a", "Â", "a", "’", "'")

// plain is a short text in small letters, without accents, quotation marks or
// the full stop at its end, single spaces between words.
func plain(text string) string {
	text = strings.Trim(strings.TrimSpace(text), `."'!?“”‘’`)
	return strings.Join(strings.Fields(strings.ToLower(accents.Replace(text))), " ")
}
