package store

import (
	"cmp"
	"context"
	"fmt"
	"strings"
	"time"

	"parley/gateway"
)

// How many rows go in one transaction: of those to which something belongs, which
// goes with them, and of those to which nothing does.
const (
	pruneBatch = 100
	plainBatch = 1000
)

// Pruned counts the rows of one kind that were taken out.
type Pruned struct {
	Kind  string
	Count int
}

// Prune takes out what has been kept for as long as it may be at a moment, in
// batches, and returns the counts of the kinds that had any. Gone is called
// with the files whose rows are about to go, to erase what is in them first.
// It can be stopped at any moment, and several nodes may do it at once.
func (s *Store) Prune(ctx context.Context, now time.Time, gone func([]gateway.FileID) error) ([]Pruned, error) {
	var pruned []Pruned
	for i := range keptRecords {
		k := &keptRecords[i]
		if k.keep == 0 {
			continue
		}
		n, err := s.takeOut(ctx, k, k.old(), k.by, micros(now.Add(-k.keep)), gone)
		if err != nil {
			return pruned, fmt.Errorf("prune %s: %w", k.kind, err)
		}
		if n > 0 {
			pruned = append(pruned, Pruned{k.kind, n})
		}
	}
	return pruned, nil
}

// old is the condition that a row was kept since before $1; of rows that several
// columns tell apart, that it is one of the oldest.
func (k *keptRecord) old() string {
	column := cmp.Or(k.by, k.since)
	condition := fmt.Sprintf("%[1]s > 0 AND %[1]s < $1 AND (%[2]s)", k.since, k.ended)
	if column != k.since {
		condition += fmt.Sprintf(" AND %s < $1", column)
	}
	if k.plain() {
		return fmt.Sprintf("(%[1]s) IN (SELECT %[1]s FROM %[2]s WHERE %[3]s ORDER BY %[4]s LIMIT %[5]d)", k.key, k.table, condition, column, plainBatch)
	}
	return condition
}

// plain reports whether no single column tells rows apart: nothing belongs to
// them.
func (k *keptRecord) plain() bool { return k.key == "" || strings.Contains(k.key, ",") }

// takeOut deletes the rows of a condition on $1, and what belongs to them, in the
// order of a time or, if that is empty, of their keys.
func (s *Store) takeOut(ctx context.Context, k *keptRecord, condition, by string, arg any, gone func([]gateway.FileID) error) (total int, err error) {
	if k.plain() {
		return s.takeOutPlain(ctx, k, condition, arg)
	}
	at := mark{by: by}
	for {
		keys, err := s.keysFrom(ctx, k, condition, arg, &at)
		if err != nil || len(keys) == 0 {
			return total, err
		}
		if k.table == "files" {
			if err := gone(fileIDs(keys)); err != nil {
				return total, err
			}
		}
		if err := s.engine.write(ctx, k.deletion(keys)); err != nil {
			return total, err
		}
		total += len(keys)
	}
}

// takeOutPlain deletes as often as there is something to delete.
func (s *Store) takeOutPlain(ctx context.Context, k *keptRecord, condition string, arg any) (total int, err error) {
	for deleted := int64(1); deleted > 0; total += int(deleted) {
		j := &job{}
		j.add("DELETE FROM "+k.table+" WHERE "+condition, arg).changed = func(rows int64) { deleted = rows }
		if err := s.engine.write(ctx, j); err != nil {
			return total, err
		}
	}
	return total, nil
}

// mark is how far the rows of a table are gone through: by a time, up to the time
// of the last, or else by their keys, up to the key of the last.
type mark struct {
	by   string
	time int64
	key  string
}

// keysFrom returns the keys of a batch of rows from a mark on, and sets it to the
// last: however many there are, they are gone through once.
func (s *Store) keysFrom(ctx context.Context, k *keptRecord, condition string, arg any, at *mark) (keys []any, err error) {
	read := statement{sql: k.batch(condition, at.by), args: []any{arg, at.time}, each: func(r row) error {
		err := r.Scan(&at.key, &at.time)
		keys = append(keys, at.key)
		return err
	}}
	if at.by == "" {
		read.args[1] = at.key
	}
	err = s.engine.read(ctx, read)
	return keys, err
}

// batch is the query for rows of a condition on $1 from the mark $2 on, in the
// order of a time or, if that is empty, of their keys.
func (k *keptRecord) batch(condition, column string) string {
	order := column
	if column == "" {
		order, column = k.key, "0"
	}
	return fmt.Sprintf("SELECT %s, %s FROM %s WHERE (%s) AND %s >= $2 ORDER BY %[5]s LIMIT %[6]d", k.key, column, k.table, condition, order, pruneBatch)
}

// deletion deletes rows by their keys, after what belongs to them. It is the
// same text for any number of keys.
func (k *keptRecord) deletion(keys []any) *job {
	for len(keys) < pruneBatch {
		keys = append(keys, keys[0])
	}
	j := &job{}
	for _, d := range append(k.with[:len(k.with):len(k.with)], dependent{k.table, k.key}) {
		j.add(fmt.Sprintf("DELETE FROM %s WHERE %s IN (%s)", d.table, d.column, numbered(pruneBatch, 1)), keys...)
	}
	return j
}

func fileIDs(keys []any) []gateway.FileID {
	ids := make([]gateway.FileID, len(keys))
	for i, key := range keys {
		ids[i] = gateway.FileID(fmt.Sprint(key))
	}
	return ids
}

// Retention tells people of each kind of record how long it is kept, and why.
func Retention() string {
	var b strings.Builder
	for _, k := range keptRecords {
		kept := "no set time"
		if k.keep > 0 {
			kept = fmt.Sprintf("%d days", k.keep/day)
		}
		fmt.Fprintf(&b, "%s: %s, %s\n", k.kind, kept, k.why)
	}
	return b.String()
}
