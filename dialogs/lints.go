package dialogs

// Lint is one kind of thing that can be wrong with a dialog.
type Lint struct {
	Name  string // as Problem.Lint and the samples of testdata/lints name it
	About string
}

// The names of the lints.
const (
	lintScript       = "not-a-script"
	lintCondition    = "not-a-condition"
	lintUnreachable  = "unreachable-step"
	lintBranch       = "unwalked-branch"
	lintTranscript   = "broken-transcript"
	lintUnset        = "unset-name"
	lintNoValue      = "no-value"
	lintUnused       = "unused-name"
	lintType         = "wrong-type"
	lintNoWords      = "missing-words"
	lintLeftover     = "leftover-words"
	lintPlaceholders = "other-placeholders"
	lintTooLong      = "too-long"
	lintCharacter    = "costly-character"
	lintLink         = "link-elsewhere"
	lintReserved     = "reserved-word"
	lintPrivate      = "private-words"
	lintRecord       = "record-words"
	lintFails        = "call-without-fails"
	lintAlike        = "choices-alike"
	lintCommon       = "common-word"
	lintNoPerson     = "no-person"
	lintStuck        = "stuck"
	lintLanguages    = "languages-differ"
)

// Lints lists every kind of problem that Check and Explore report.
func Lints() []Lint {
	return []Lint{
		{lintScript, "what cannot be read as a script, its words or its transcripts"},
		{lintCondition, "a condition that says what no condition can say, or compares with what never is"},
		{lintUnreachable, "a step that is never come to"},
		{lintBranch, "a branch that no transcript walks"},
		{lintTranscript, "a conversation that comes out otherwise than its transcript"},
		{lintUnset, "a name that is read and never set, or not yet"},
		{lintNoValue, "a placeholder or a call that reads what may have no value then"},
		{lintUnused, "a name that is set and never used"},
		{lintType, "a value of the wrong type in a condition, a placeholder or a call"},
		{lintNoWords, "words that another language lacks"},
		{lintLeftover, "words in another language that the script has no use for"},
		{lintPlaceholders, "words in another language with other placeholders than the English"},
		{lintTooLong, "words that take more parts of a text message than allowed"},
		{lintCharacter, "a character that makes an English text message cost double"},
		{lintLink, "a link outside the allowed domains"},
		{lintReserved, "a word that the network or Parley keeps, asked for as a reply"},
		{lintPrivate, "a private answer in words that are not private, or that are for discreet people"},
		{lintRecord, "what the case record holds, for somebody who has not confirmed who they are"},
		{lintFails, "a call that does not say what happens when it fails"},
		{lintAlike, "two choices that sound alike to the reader"},
		{lintCommon, "a choice taken from a word that stands in any sentence, a single letter, or a yes or no that is not its own"},
		{lintNoPerson, "a dialog that never leads to a person"},
		{lintStuck, "a question that no answer leads on from (explore)"},
		{lintLanguages, "a path on which two languages ask different things (explore)"},
	}
}
