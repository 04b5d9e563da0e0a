package store

import (
	"context"
	"fmt"
)

// resealBatch is how many values are sealed again in one transaction.
const resealBatch = 200

// Resealed counts the values of one column, by table and column.
type Resealed struct {
	Column string
	// Again were sealed under another secret than the first, and now are not;
	// Current are sealed under it; Unreadable opened under none and were left
	// as they are.
	Again, Current, Unreadable int
}

// Reseal seals under the first secret what is sealed under another. Nodes may
// be running, if they all have both. It can be stopped at any moment and begun
// again. Told hears of each column when it is done.
func (s *Store) Reseal(ctx context.Context, told func(Resealed)) error {
	for i := range sealedColumns {
		counts, err := s.resealColumn(ctx, &sealedColumns[i])
		if err != nil {
			return fmt.Errorf("seal %s again: %w", counts.Column, err)
		}
		told(counts)
	}
	return nil
}

func (s *Store) resealColumn(ctx context.Context, c *sealedColumn) (Resealed, error) {
	counts := Resealed{Column: c.table + "." + c.column}
	read := statement{sql: c.first(), args: []any{resealBatch}}
	for {
		rows, err := s.sealedRows(ctx, c, read)
		if err != nil || len(rows) == 0 {
			return counts, err
		}
		j := &job{}
		for _, r := range rows {
			s.resealRow(j, c, r, &counts)
		}
		if len(j.statements) > 0 {
			if err := s.engine.write(ctx, j); err != nil {
				return counts, err
			}
		}
		read = statement{sql: c.next(), args: append([]any{resealBatch}, rows[len(rows)-1].key...)}
	}
}

// sealedRow is a value with the key of its row.
type sealedRow struct {
	key    []any
	sealed []byte
}

func (s *Store) sealedRows(ctx context.Context, c *sealedColumn, read statement) (rows []sealedRow, err error) {
	read.each = func(r row) error {
		found := sealedRow{key: make([]any, len(c.key))}
		into := make([]any, 0, len(c.key)+1)
		for i := range found.key {
			into = append(into, &found.key[i])
		}
		err := r.Scan(append(into, &found.sealed)...)
		rows = append(rows, found)
		return err
	}
	return rows, s.engine.read(ctx, read)
}

// resealRow also opens what is sealed already, so that a damaged value is told
// of while there is still a backup. Where there is no value there is nothing to
// seal.
func (s *Store) resealRow(j *job, c *sealedColumn, r sealedRow, counts *Resealed) {
	if len(r.sealed) == 0 {
		return
	}
	at := c.at(r.key)
	value, err := s.codec.open(at, r.sealed)
	switch {
	case err != nil:
		counts.Unreadable++
	case s.codec.seals.Current(r.sealed):
		counts.Current++
	default:
		counts.Again++
		j.add(c.replace(), append([]any{r.sealed, s.codec.seal(at, value)}, r.key...)...)
	}
}
