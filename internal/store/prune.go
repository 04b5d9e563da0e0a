package store

import (
	"context"
	"fmt"
	"strings"
	"time"

	"parley/gateway"
)

// pruneBatch is how many rows go in one transaction.
const pruneBatch = 100

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

// takeOut deletes the rows of a condition on $1, and what belongs to them.
func (s *Store) takeOut(ctx context.Context, k *keptRecord, condition string, arg any, gone func([]gateway.FileID) error) (total int, err error) {
	if k.key == "" {
		j := &job{}
		j.add("DELETE FROM "+k.table+" WHERE "+condition, arg).changed = func(rows int64) { total = int(rows) }
		return total, s.engine.write(ctx, j)
	}
	for {
		keys, err := s.keysOf(ctx, k, condition, arg)
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

// keysOf returns the keys of a batch of rows.
func (s *Store) keysOf(ctx context.Context, k *keptRecord, condition string, arg any) (keys []any, err error) {
	query := fmt.Sprintf("SELECT %s FROM %s WHERE %s ORDER BY %s LIMIT %d", k.key, k.table, condition, k.key, pruneBatch)
	err = s.engine.read(ctx, statement{sql: query, args: []any{arg}, each: func(r row) error {
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
