package store_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/servertest"
	"parley/internal/store"
)

// Of two cases with two parents each, everybody is erased, one after the other,
// in an order of chance. After each, no column of any table holds a word that
// was theirs, and all that the others had is as it was. Before, what is exported
// of them holds all their words and nobody else's.
func TestErasureTakesAllOfOnePersonAndNothingOfAnother(t *testing.T) {
	databases := map[string]func(t *testing.T) string{
		"PostgreSQL": func(t *testing.T) string { return servertest.Postgres(t) },
	}
	for i := range 4 {
		databases[fmt.Sprint("SQLite ", i)] = func(t *testing.T) string { return filepath.Join(t.TempDir(), "parley.db") }
	}
	for name, database := range databases {
		t.Run(name, func(t *testing.T) {
			s := open(t, database(t))
			plantLife(t, s, "P1", "R1", "300012345678")
			plantLife(t, s, "P2", "R2", "300012345679")
			if _, err := s.SealAudit(t.Context(), lifeTime.Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
			people := []directory.PersonID{"P1", "R1", "P2", "R2"}
			rand.Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
			t.Log("in this order:", people)
			for len(people) > 0 {
				eraseOne(t, s, people[0], people[1:])
				people = people[1:]
			}
			if proof, err := s.VerifyAudit(t.Context()); err != nil || len(proof.Problems) > 0 || proof.Entries != 4 {
				t.Errorf("the audit does not hold: %+v, %v", proof, err)
			}
			if left := linesWith(everything(t, s), "30001234567"); len(left) > 0 {
				t.Errorf("of cases on which there is nobody any more: %q", left)
			}
		})
	}
}

func eraseOne(t *testing.T, s *store.Store, person directory.PersonID, others []directory.PersonID) {
	t.Helper()
	before := everything(t, s)
	known, _, err := s.Person(t.Context(), person)
	must(t, err)
	exported(t, s, person, before, others)
	var files []gateway.FileID
	_, talks, err := s.Erase(t.Context(), person, func(gone []gateway.FileID) error {
		files = append(files, gone...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if want := gateway.FileID("file-" + person); !slices.Equal(files, []gateway.FileID{want}) || !slices.Contains(talks, gateway.ConversationID("talk-"+person)) {
		t.Errorf("%s: files %q and conversations %q were told of", person, files, talks)
	}
	after := everything(t, s)
	for _, word := range []string{string("canary-" + person), known.Phone} {
		if left := linesWith(after, word); len(left) > 0 {
			t.Errorf("%s is still in\n%s", word, strings.Join(left, "\n"))
		}
	}
	for _, other := range others {
		had, has := words(before, other), words(after, other)
		if !slices.Equal(had, has) {
			t.Errorf("erasing %s took of %s: %q became %q", person, other, had, has)
		}
	}
}

// exported checks what is exported of a person against what is held.
func exported(t *testing.T, s *store.Store, person directory.PersonID, held []string, others []directory.PersonID) {
	t.Helper()
	subject, err := s.Subject(t.Context(), person)
	if err != nil {
		t.Fatal(err)
	}
	document, err := json.Marshal(subject)
	if err != nil {
		t.Fatal(err)
	}
	machine := []string{canary(person, "state"), canary(person, "pin"), canary(person, "answer"), canary(person, "reason")}
	for _, word := range words(held, person) {
		if !strings.Contains(string(document), word) && !slices.Contains(machine, word) {
			t.Errorf("the export of %s lacks %s", person, word)
		}
	}
	for _, other := range others {
		if got := words([]string{string(document)}, other); len(got) > 0 {
			t.Errorf("the export of %s holds %q of %s", person, got, other)
		}
	}
}

func everything(t *testing.T, s *store.Store) []string {
	t.Helper()
	all, err := s.Everything(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func linesWith(lines []string, word string) (found []string) {
	for _, line := range lines {
		if strings.Contains(line, word) {
			found = append(found, line)
		}
	}
	return found
}

// words are a person's canaries in some lines, each once.
func words(lines []string, person directory.PersonID) []string {
	var found []string
	for _, line := range lines {
		for rest := line; ; {
			_, after, ok := strings.Cut(rest, "canary-"+string(person)+"-")
			if !ok {
				break
			}
			end := strings.IndexFunc(after, func(r rune) bool { return (r < 'a' || r > 'z') && r != '-' })
			if end < 0 {
				end = len(after)
			}
			found = append(found, canary(person, strings.TrimRight(after[:end], "-")))
			rest = after
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

// Every table has its place in what tells how long records are kept.
func TestEveryTableHasARetention(t *testing.T) {
	s := open(t, filepath.Join(t.TempDir(), "parley.db"))
	told := store.KeptTables()
	rows, err := s.Writer().Query(`SELECT name FROM sqlite_master WHERE type = 'table'`)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		var table string
		if err := rows.Scan(&table); err != nil {
			t.Fatal(err)
		}
		if !told[table] {
			t.Errorf("nothing says how long %s are kept, and why", table)
		}
	}
}

// What has been kept for long enough goes, what goes on or is younger stays.
func TestPruning(t *testing.T) {
	for name, database := range map[string]string{"SQLite": filepath.Join(t.TempDir(), "parley.db"), "PostgreSQL": servertest.Postgres(t)} {
		t.Run(name, func(t *testing.T) {
			s := open(t, database)
			plantLife(t, s, "P1", "R1", "300012345678")
			never := func(ids []gateway.FileID) error { t.Errorf("files %q went", ids); return nil }
			pruned, err := s.Prune(t.Context(), lifeTime.Add(time.Hour), never)
			if err != nil || len(pruned) > 0 {
				t.Errorf("an hour later %+v went, %v", pruned, err)
			}
			files := 0
			pruned, err = s.Prune(t.Context(), lifeTime.Add(7*365*24*time.Hour), func(ids []gateway.FileID) error { files += len(ids); return nil })
			if err != nil {
				t.Fatal(err)
			}
			counts := map[string]int{}
			for _, p := range pruned {
				counts[p.Kind] = p.Count
			}
			if files != 2 || counts["files"] != 2 || counts["reports"] != 2 || counts["links"] != 2 || counts["messages"]+counts["messages of people we do not know"] == 0 {
				t.Errorf("seven years later %d files and %v went", files, counts)
			}
			if counts["conversations"] != 0 || counts["work"] != 0 || counts["card payments"] != 0 {
				t.Errorf("what is not over went: %v", counts)
			}
			if _, _, err := s.Person(t.Context(), "P1"); err != nil {
				t.Errorf("the person went: %v", err)
			}
		})
	}
}
