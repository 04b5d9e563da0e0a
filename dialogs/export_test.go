package dialogs

// ResultOf is what a call gives where a transcript does not say.
func ResultOf(call string) Value {
	s, _ := signatureOf(call)
	return s.example
}
