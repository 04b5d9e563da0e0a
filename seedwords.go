package main

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"

	"parley/templates"
)

// seedVocabulary is what made-up people say and are called. As in any language
// few words are said often and most seldom (Zipf's law).
type seedVocabulary struct {
	words           map[templates.Language][]string // the commonest first
	names, surnames []string
}

// The words that are said most. The rest is made of syllables.
var (
	seedEnglish = strings.Fields(`the to and my i of a is you for it payment have not money week was paid will be on this can he she
		work children pay with month we they from if bank letter please time when but job hours out me at call because would last
		hospital holiday friday monday school nights weekend rent car phone email new address changed lost started stopped told said`)
	seedWelsh = strings.Fields(`y i yn a mae o fy ar am gan wedi taliad arian wythnos mis gwaith plant talu banc llythyr diolch pryd
		ond swydd oriau ffoniwch oherwydd diwethaf ysbyty gwyliau gwener llun ysgol nosweithiau penwythnos rhent car newydd cyfeiriad
		newid colli dechrau stopio dweud rydw dydw ddim eto helo bore heddiw yfory`)
	seedNames    = strings.Fields(`Sam Ali Jo Gwen Rhys Amy Ben Cara Dai Ela Finn Grace Huw Isla Jac Kit Lowri Max Nia Owain Priya Quinn Ravi Siân Tom Una Vic Wyn Yusuf Zoe`)
	seedSurnames = strings.Fields(`Example Sample Enghraifft Placeholder Specimen Model Pattern Template`)
	syllables    = strings.Fields(`ba ce di fo gu ha je ki lo mu na pe ri so tu va we yo za bri cle dro fla gre sto tra ple sha`)
)

// rareWords is how many words are said seldom, in each language.
const rareWords = 20_000

func newSeedVocabulary(seed uint64) *seedVocabulary {
	r := rand.New(rand.NewPCG(seed, math.MaxUint64))
	v := &seedVocabulary{names: seedNames, surnames: slices.Clone(seedSurnames), words: map[templates.Language][]string{
		templates.English: slices.Clone(seedEnglish), templates.Welsh: slices.Clone(seedWelsh),
	}}
	for range rareWords {
		word := made(r)
		v.words[templates.English] = append(v.words[templates.English], word)
		v.words[templates.Welsh] = append(v.words[templates.Welsh], word+"wy")
	}
	for range 2_000 {
		word := made(r)
		v.surnames = append(v.surnames, strings.ToUpper(word[:1])+word[1:])
	}
	return v
}

// made is a word of two to four syllables.
func made(r *rand.Rand) string {
	var word strings.Builder
	for range 2 + r.IntN(3) {
		word.WriteString(syllables[r.IntN(len(syllables))])
	}
	return word.String()
}

// word is one of a language: the nth is said in proportion to 1/n.
func (v *seedVocabulary) word(r *rand.Rand, language templates.Language) string {
	words := v.words[language]
	return words[int(math.Exp(r.Float64()*math.Log(float64(len(words)))))-1]
}

func (v *seedVocabulary) sentence(r *rand.Rand, language templates.Language) string {
	var said []string
	for range 5 + r.IntN(12) {
		said = append(said, v.word(r, language))
	}
	return strings.Join(said, " ") + "."
}

func (v *seedVocabulary) firstName(r *rand.Rand) string { return v.names[r.IntN(len(v.names))] }

func (v *seedVocabulary) surname(r *rand.Rand) string { return v.surnames[r.IntN(len(v.surnames))] }
