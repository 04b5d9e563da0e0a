package templates

// Language is a language that Parley speaks, as a BCP 47 primary tag.
type Language string

// Welsh is equal to English in law (Welsh Language Act 1993, Welsh Language (Wales) Measure 2011).
const (
	English Language = "en"
	Welsh   Language = "cy"
)

// Languages lists every language, English first.
func Languages() []Language { return []Language{English, Welsh} }
