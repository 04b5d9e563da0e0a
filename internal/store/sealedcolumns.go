package store

import (
	"fmt"
	"strings"
)

// A sealedColumn is one whose values are sealed, each for the place that the
// key of its row makes.
type sealedColumn struct {
	table, column string
	key           []string // columns, by which rows are gone through and found
	place         string   // the column of the place, where it is another than this
	placeKey      int      // how many of the key make the place; 0: all
}

// sealedColumns are all that Reseal goes through. The seals come last: they
// tell under which secret the database is sealed.
var sealedColumns = []sealedColumn{
	{table: "people", column: "sealed", key: []string{"id"}},
	{table: "cases", column: "sealed", key: []string{"reference"}},
	{table: "parties", column: "children_sealed", key: []string{"case_reference", "person"}},
	{table: "contact_changes", column: "was", key: []string{"person", "channel", "at"}, place: "people.sealed", placeKey: 1},
	{table: "conversations", column: "address_sealed", key: []string{"id"}},
	{table: "conversations", column: "state_sealed", key: []string{"id"}},
	{table: "turns", column: "sealed", key: []string{"conversation", "number"}},
	{table: "messages", column: "sealed", key: []string{"id"}},
	{table: "entries", column: "sealed", key: []string{"visit", "message"}},
	{table: "files", column: "sealed", key: []string{"id"}},
	{table: "calls", column: "sealed", key: []string{"id"}},
	{table: "checks", column: "sealed", key: []string{"id"}},
	{table: "labels", column: "sealed", key: []string{"id"}},
	{table: "reports", column: "sealed", key: []string{"id"}},
	{table: "work_notes", column: "sealed", key: []string{"task", "version"}},
	{table: "case_notes", column: "sealed", key: []string{"id"}},
	{table: "payments", column: "sealed", key: []string{"id"}},
	{table: "charges", column: "sealed", key: []string{"id"}},
	{table: "plans", column: "sealed", key: []string{"case_reference", "number"}},
	{table: "authorities", column: "sealed", key: []string{"id"}},
	{table: "openings", column: "sealed", key: []string{"staff", "case_reference", "at"}},
	{table: "audit", column: "sealed", key: []string{"id"}},
	{table: "idempotency", column: "sealed", key: []string{"key"}},
	{table: "seals", column: "sealed", key: []string{"id"}},
}

// at is the place of the value in a row with this key.
func (c *sealedColumn) at(key []any) place {
	if c.placeKey > 0 {
		key = key[:c.placeKey]
	}
	parts := make([]string, len(key))
	for i, part := range key {
		parts[i] = fmt.Sprint(part)
	}
	column := c.place
	if column == "" {
		column = c.table + "." + c.column
	}
	return place{column, strings.Join(parts, " ")}
}

// first and next read a batch of rows in the order of their keys, from the
// beginning and after a key; $1 is the size of the batch.
func (c *sealedColumn) first() string {
	key := strings.Join(c.key, ", ")
	return fmt.Sprintf("SELECT %s, %s FROM %s ORDER BY %s LIMIT $1", key, c.column, c.table, key)
}

func (c *sealedColumn) next() string {
	key := strings.Join(c.key, ", ")
	return fmt.Sprintf("SELECT %s, %s FROM %s WHERE (%s) > (%s) ORDER BY %s LIMIT $1",
		key, c.column, c.table, key, numbered(len(c.key), 2), key)
}

// replace writes $2 where $1 still stands: who has written meanwhile has sealed
// anew.
func (c *sealedColumn) replace() string {
	key := strings.Join(c.key, ", ")
	return fmt.Sprintf("UPDATE %s SET %s = $2 WHERE %s = $1 AND (%s) = (%s)", c.table, c.column, c.column, key, numbered(len(c.key), 3))
}

// numbered is n parameters from a number on.
func numbered(n, from int) string {
	parameters := make([]string, n)
	for i := range parameters {
		parameters[i] = fmt.Sprint("$", from+i)
	}
	return strings.Join(parameters, ", ")
}
