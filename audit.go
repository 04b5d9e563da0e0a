package main

import (
	"context"
	"fmt"
	"time"
)

// auditCommand looks after the record of what staff saw and did.
type auditCommand struct {
	Verify auditVerifyCommand `cmd:"" help:"Check that nothing of the audit was changed, put in or taken out since it was sealed."`
}

// auditVerifyCommand goes through all seals.
type auditVerifyCommand struct{}

// Help shows how the command is used.
func (auditVerifyCommand) Help() string {
	return "Every minute what staff saw and did is sealed: a keyed hash of the entries and of the seal before. " +
		"Keep the hash of the last seal elsewhere from time to time: it shows when all that came after it was taken away. " +
		"The exit status is 1 when a seal does not hold. Settings come from the environment as for parley serve.\n\nExample:\n  parley audit verify"
}

// Run prints a line for each seal that does not hold.
func (*auditVerifyCommand) Run(s *streams) error {
	return withStore(func(ctx context.Context, p *parts) error {
		proof, err := p.store.VerifyAudit(ctx)
		if err != nil {
			return err
		}
		for _, problem := range proof.Problems {
			fmt.Fprintf(s.Out, "seal %d, %s to %s: %s\n", problem.Seal, problem.From.Format(time.RFC3339), problem.To.Format(time.RFC3339), problem.What)
		}
		fmt.Fprintf(s.Err, "%d entries under %d seals; %d not sealed yet.\n", proof.Entries, proof.Seals, proof.Unsealed)
		if proof.Last != "" {
			fmt.Fprintf(s.Err, "The last seal is %s.\n", proof.Last)
		}
		if len(proof.Problems) > 0 {
			return errAnswerIsNo
		}
		return nil
	})
}
