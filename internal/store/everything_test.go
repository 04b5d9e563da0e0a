package store

import (
	"context"
	"fmt"
)

// Everything returns all rows of all tables as texts, with all that is sealed
// opened, as "table: column=value …": what somebody could read who has the
// database and the keys.
func (s *Store) Everything(ctx context.Context) ([]string, error) {
	names := `SELECT name FROM sqlite_master WHERE type = 'table'`
	if _, ok := s.engine.(*postgresEngine); ok {
		names = `SELECT tablename FROM pg_tables WHERE schemaname = current_schema()`
	}
	var tables, all []string
	err := s.engine.read(ctx, statement{sql: names, each: func(r row) error {
		var table string
		err := r.Scan(&table)
		tables = append(tables, table)
		return err
	}})
	if err != nil {
		return nil, err
	}
	for _, table := range tables {
		rows, err := s.everyRow(ctx, table)
		if err != nil {
			return nil, fmt.Errorf("table %s: %w", table, err)
		}
		all = append(all, rows...)
	}
	return all, nil
}

func (s *Store) everyRow(ctx context.Context, table string) (all []string, err error) {
	rows, err := s.engine.database().QueryContext(ctx, "SELECT * FROM "+table)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return nil, err
	}
	for rows.Next() {
		values, into := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			into[i] = &values[i]
		}
		if err := rows.Scan(into...); err != nil {
			return nil, err
		}
		record := map[string]any{}
		for i, column := range columns {
			record[column] = values[i]
		}
		for i := range sealedColumns {
			if err := s.openFor(&sealedColumns[i], table, record); err != nil {
				return nil, err
			}
		}
		all = append(all, fmt.Sprintf("%s: %q", table, fmt.Sprint(record)))
	}
	return all, rows.Err()
}

func (s *Store) openFor(c *sealedColumn, table string, record map[string]any) error {
	sealed, ok := record[c.column].([]byte)
	if c.table != table || !ok || len(sealed) == 0 {
		return nil
	}
	key := make([]any, len(c.key))
	for i, column := range c.key {
		key[i] = record[column]
	}
	value, err := s.codec.open(c.at(key), sealed)
	record[c.column] = string(value)
	return err
}

// KeptTables are the tables that retention tells of.
func KeptTables() map[string]bool {
	told := map[string]bool{}
	for table := range keptOtherwise {
		told[table] = true
	}
	for _, k := range keptRecords {
		told[k.table] = true
		for _, d := range k.with {
			told[d.table] = true
		}
	}
	return told
}
