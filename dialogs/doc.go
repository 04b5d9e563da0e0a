// Package dialogs is the script language: it loads scripts, checks them and
// advances conversations through them.
//
// A dialog is a list of steps read from the top, so every dialog ends. Load
// compiles a script once: its words, conditions and placeholders are parsed
// and type-checked, a turn parses nothing of it again, and nothing that a
// person can write makes a turn fail. Check finds the rest that is wrong, and
// plays the transcripts that say how conversations must come out. Explore walks
// every other path that a conversation can take.
//
// Advance is one step of a fold: state and input in, state and output out,
// with no clock, no chance and no I/O. What a dialog needs from outside (an
// estimate, a report) comes back in Output as a Call, whose result is the next
// input.
//
// Reading what people write as values is left to dialogs/answers, and sending
// words to gateway.
package dialogs
