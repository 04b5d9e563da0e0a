package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"parley/gateway"
)

// How many rows go in one transaction: of those with a key, beside which what
// belongs to them goes, and of those without, to which nothing belongs.
const (
	pruneBatch   = 100
	keylessBatch = 1000
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
		old := fmt.Sprintf("%s > 0 AND %s < $1 AND (%s)", k.since, k.since, k.ended)
		if k.key == "" {
			old = k.oldest(old)
		}
		n, err := s.takeOut(ctx, k, old, micros(now.Add(-k.keep)), gone)
		if err != nil {
			return pruned, fmt.Errorf("prune %s: %w", k.kind, err)
		}
		if n > 0 {
			pruned = append(pruned, Pruned{k.kind, n})
		}
	}
	return pruned, nil
}

// oldest narrows a condition on $1 to a batch of rows that have no key, by their
// times.
func (k *keptRecord) oldest(condition string) string {
	return fmt.Sprintf("%[1]s AND %[2]s <= (SELECT MAX(%[2]s) FROM (SELECT %[2]s FROM %[3]s WHERE %[1]s ORDER BY %[2]s LIMIT %[4]d) oldest)",
		condition, k.since, k.table, keylessBatch)
}

// takeOut deletes the rows of a condition on $1, and what belongs to them.
func (s *Store) takeOut(ctx context.Context, k *keptRecord, condition string, arg any, gone func([]gateway.FileID) error) (total int, err error) {
	if k.key == "" {
		return s.takeOutKeyless(ctx, k, condition, arg)
	}
	for after := any(""); ; {
		keys, err := s.keysOf(ctx, k, condition, arg, after)
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
		after = keys[len(keys)-1]
	}
}

// takeOutKeyless deletes as often as there is something to delete.
func (s *Store) takeOutKeyless(ctx context.Context, k *keptRecord, condition string, arg any) (total int, err error) {
	for deleted := int64(1); deleted > 0; total += int(deleted) {
		j := &job{}
		j.add("DELETE FROM "+k.table+" WHERE "+condition, arg).changed = func(rows int64) { deleted = rows }
		if err := s.engine.write(ctx, j); err != nil {
			return total, err
		}
	}
	return total, nil
}

// keysOf returns the keys of a batch of rows, after those of the batch before:
// however many there are, the table is gone through once.
func (s *Store) keysOf(ctx context.Context, k *keptRecord, condition string, arg, after any) (keys []any, err error) {
	query := fmt.Sprintf("SELECT %[1]s FROM %[2]s WHERE (%[3]s) AND %[1]s > $2 ORDER BY %[1]s LIMIT %[4]d", k.key, k.table, condition, pruneBatch)
	err = s.engine.read(ctx, statement{sql: query, args: []any{arg, after}, each: func(r row) error {
		var key string
		err := r.Scan(&key)
		keys = append(keys, key)
		return err
	}})
	return keys, err
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
