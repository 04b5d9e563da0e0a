package store

import "parley/gateway"

// A statement is one SQL statement with its arguments, numbered $1 and up.
type statement struct {
	sql  string
	args []any

	// taken is the error to return when the statement would write a key that
	// is there already; nil where that cannot happen or is a failure.
	taken error
	// each is called for every row that the statement returns.
	each func(row) error
	// changed is called with the number of rows that the statement wrote.
	changed func(rows int64)
}

// row is a row of an answer.
type row interface{ Scan(into ...any) error }

// A job is the statements of one transaction, and the timers to set in it.
type job struct {
	statements []statement
	timers     []gateway.Timer
	// order sorts the jobs that share a transaction, so that all nodes take
	// the locks of rows in the same order.
	order string
}

func (j *job) add(sql string, args ...any) *statement {
	j.statements = append(j.statements, statement{sql: sql, args: args})
	return &j.statements[len(j.statements)-1]
}
