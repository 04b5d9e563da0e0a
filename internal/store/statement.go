package store

import "parley/gateway"

// A statement is one SQL statement with its arguments, numbered $1 and up.
type statement struct {
	sql  string
	args []any

	// about names what the statement is about, when it comes from a job that
	// may share its transaction. Shared transactions go by these names in
	// order, so that no two nodes wait for each other.
	about string
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
	about      string // of the statements to be added, see statement
}

func (j *job) add(sql string, args ...any) *statement {
	j.statements = append(j.statements, statement{sql: sql, args: args, about: j.about})
	return &j.statements[len(j.statements)-1]
}
