package corpus_test

import (
	"testing"
	"testing/fstest"

	"parley/dialogs/understanding/corpus"
)

func TestTheCorpusIsSound(t *testing.T) {
	var splits [][]corpus.Text
	for _, split := range []corpus.Split{corpus.Train, corpus.Development, corpus.Test} {
		texts, problems, err := corpus.Load(corpus.FS(), split)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range problems {
			t.Error(p)
		}
		splits = append(splits, texts)
	}
	for i, one := range splits {
		for _, other := range splits[i+1:] {
			for _, pair := range corpus.Alike(other, one) {
				t.Error(pair)
			}
		}
	}
}

// least is how many texts of each kind there are to learn from.
func TestTheCorpusIsLargeEnough(t *testing.T) {
	texts, _, err := corpus.Load(corpus.FS(), corpus.Train)
	if err != nil {
		t.Fatal(err)
	}
	counts, dangers := map[string]int{}, 0
	for _, text := range texts {
		counts[text.Kind+"."+text.Language]++
		if text.Danger != "" && text.Language == "en" {
			dangers++
		}
	}
	least := func(kind string) int {
		return map[string]int{
			"none.en": 600, "two.en": 200, "innocent.en": 120, "two.cy": 30, "innocent.cy": 15, "none.cy": 80,
			"danger-watched.en": 70, "danger-abuse.en": 70, "danger-child.en": 70, "danger-self-harm.en": 70, "danger-threat.en": 70,
			"danger-watched.cy": 30, "danger-abuse.cy": 30, "danger-child.cy": 30, "danger-self-harm.cy": 30, "danger-threat.cy": 30,
		}[kind]
	}
	for kind, n := range counts {
		want := least(kind)
		if want == 0 {
			want = map[string]int{"en": 120, "cy": 40}[kind[len(kind)-2:]]
		}
		if n < want {
			t.Errorf("%s: %d texts, want %d", kind, n, want)
		}
	}
	if dangers < 400 || len(counts) < 2*43-2 {
		t.Errorf("%d texts of danger in %d files", dangers, len(counts))
	}
}

func TestTheTextsToMeasureByAreFrozen(t *testing.T) {
	if err := corpus.CheckFrozen(corpus.FS()); err != nil {
		t.Error(err)
	}
}

func TestLoadSaysWhatIsWrong(t *testing.T) {
	from := fstest.MapFS{
		"train/lost-job.en.txt": {Data: []byte("# texts\n\nlost my job\n")},
		"train/lost-job.cy.txt": {Data: []byte("wedi colli fy swydd\n")},
		"train/nothing.en.txt":  {Data: []byte("anything\n")},
		"train/two.en.txt":      {Data: []byte("danger-abuse, lost-job | he hit me and i lost my job\nlost-job | only one\n")},
		"train/innocent.en.txt": {Data: []byte("none | dead funny\nno bar\n")},
	}
	texts, problems, err := corpus.Load(from, corpus.Train)
	if err != nil || len(texts) != 4 || len(problems) != 4 {
		t.Errorf("%d texts, problems %q, %v", len(texts), problems, err)
	}
}

func TestAlike(t *testing.T) {
	one := []corpus.Text{{Text: "he has not paid me this month"}}
	others := []corpus.Text{{Text: "He hasn't paid me this week!"}, {Text: "he has not paid me this month."}}
	if found := corpus.Alike(one, others); len(found) != 1 {
		t.Errorf("%q", found)
	}
}
