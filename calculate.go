package main

import (
	"bufio"
	"bytes"
	"fmt"

	"parley/gateway/calculation"
)

// calculateCommand works out child maintenance: one JSON case on each line in,
// one JSON answer on each line out.
type calculateCommand struct {
	Explain bool `help:"Print the worked steps for people, in English and Welsh, on standard error."`
}

// Help shows how the command is used.
func (calculateCommand) Help() string {
	return `Each line of standard input is a case; each line of standard output is its calculation, in the same order. A case that cannot be right is answered with {"error": …, "field": …}, and the exit status is 1. Amounts are in pounds. docs/calculation.md lists every field.

Example:
  echo '{"historic_annual_income": "32000", "receiving_parents": [{"id": "A", "children": [{"shared_care_nights": 60}]}]}' | parley calculate --explain`
}

// longestLine bounds what one line may hold; a case needs far less.
const longestLine = 16 << 20

// Run answers every line as soon as it has it, and ends with errAnswerIsNo
// when any was refused.
func (c *calculateCommand) Run(s *streams) error {
	cases := bufio.NewScanner(s.In)
	cases.Buffer(make([]byte, 1<<16), longestLine)
	refused := false
	var answer []byte
	number := 1
	for ; cases.Scan(); number++ {
		line := bytes.TrimSpace(cases.Bytes())
		if len(line) == 0 {
			continue
		}
		reply, err := calculation.Answer(line)
		if err != nil {
			refused = true
			answer = calculation.AppendRefusal(answer[:0], err)
		} else {
			answer = reply.AppendJSON(answer[:0])
		}
		if _, err := s.Out.Write(append(answer, '\n')); err != nil {
			return fmt.Errorf("writing the answer to line %d: %w", number, err)
		}
		if c.Explain && err == nil {
			if _, err := fmt.Fprintf(s.Err, "Line %d\n%s\n", number, &reply); err != nil {
				return fmt.Errorf("explaining line %d: %w", number, err)
			}
		}
	}
	switch {
	case cases.Err() != nil:
		return fmt.Errorf("reading line %d: %w", number, cases.Err())
	case refused:
		return errAnswerIsNo
	}
	return nil
}
