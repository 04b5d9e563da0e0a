package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/store"
)

// subjectCommands answer a person who asks what is held of them (UK GDPR article
// 15), or that it be erased (article 17).
type subjectCommands struct {
	Export    subjectExportCommand    `cmd:"" help:"Print everything that is held of one person, and nothing of the other parent."`
	Erase     subjectEraseCommand     `cmd:"" help:"Take out everything that is held of one person."`
	Retention subjectRetentionCommand `cmd:"" help:"Print how long each kind of record is kept, and why."`
}

// subjectExportCommand prints what is held of one person.
type subjectExportCommand struct {
	Person string `required:"" help:"The person's id."`
	By     string `required:"" help:"Who answers the request."`
	Reason string `required:"" help:"The request, like its reference. It is kept in the audit."`
}

// Help shows how the command is used.
func (subjectExportCommand) Help() string {
	return "Standard output gets one JSON object. Somebody has to read it before it is given out: what staff wrote may be about others, and may put somebody in danger (Data Protection Act 2018 Schedule 2 paragraph 16 and Schedule 3). The files that the person sent are named in it, and open in the console. It is audited. Settings come from the environment as for parley serve.\n\nExample:\n  parley subject export --person P1 --by amara --reason SAR-2026-114 > P1.json"
}

// Run prints the JSON object.
func (c *subjectExportCommand) Run(s *streams) error {
	return withStore(func(ctx context.Context, p *parts) error {
		subject, err := p.store.Subject(ctx, directory.PersonID(c.Person))
		if errors.Is(err, gateway.ErrNotFound) {
			fmt.Fprintln(s.Err, "Nobody is known by that id.")
			return errAnswerIsNo
		}
		if err == nil {
			err = p.store.RecordAudit(ctx, subjectEntry("exported person", c.Person, c.By, c.Reason))
		}
		if err != nil {
			return err
		}
		out := json.NewEncoder(s.Out)
		out.SetIndent("", "  ")
		return out.Encode(subject)
	})
}

// subjectEraseCommand takes out what is held of one person.
type subjectEraseCommand struct {
	Person string `required:"" help:"The person's id."`
	By     string `required:"" help:"Who answers the request."`
	Reason string `required:"" help:"Why, like the reference of the request. It is kept in the audit."`
}

// Help shows how the command is used.
func (subjectEraseCommand) Help() string {
	return "It cannot be taken back. Whether it must be done is for a person to say: what is needed to carry out the Child Support Act need not be erased (UK GDPR article 17(3)(b)). The record of cases must have let the person go first, or the next import brings them back. The other parent's records stay as they are. What stays is the person's id, that entries of the audit are about it, and hashes of addresses that said STOP. Backups hold the person until they run out. A gateway may be running. If it was interrupted, do it again. Settings come from the environment as for parley serve.\n\nExample:\n  parley subject erase --person P1 --by amara --reason ERASURE-2026-7"
}

// Run erases, and prints how many records of each kind there were. That it was
// done is written down first.
func (c *subjectEraseCommand) Run(s *streams) error {
	return withStore(func(ctx context.Context, p *parts) error {
		files, err := newEvidence(p.settings, p.store)
		if err != nil {
			return err
		}
		if err := p.openSessions(ctx); err != nil {
			return err
		}
		if err := p.store.RecordAudit(ctx, subjectEntry(store.ErasedPerson, c.Person, c.By, c.Reason)); err != nil {
			return err
		}
		erased, talks, err := p.store.Erase(ctx, directory.PersonID(c.Person), eachFile(files.Erase))
		if err != nil {
			return err
		}
		for _, talk := range talks {
			if err := p.sessions.Drop(ctx, talk); err != nil {
				fmt.Fprintf(s.Err, "The live copy of conversation %s stays in Redis for a day: %v\n", talk, err)
			}
		}
		for _, kind := range erased {
			fmt.Fprintf(s.Out, "%s: %d\n", kind.Kind, kind.Count)
		}
		if len(erased) == 0 {
			fmt.Fprintln(s.Err, "Nothing was held of anybody by that id.")
			return errAnswerIsNo
		}
		return nil
	})
}

func subjectEntry(action, person, by, reason string) gateway.AuditEntry {
	return gateway.AuditEntry{
		ID: newID(), At: time.Now(), Staff: directory.StaffID(by), Action: action, Person: directory.PersonID(person), Reason: reason,
	}
}

// eachFile does something to each of some files, as far as the first error.
func eachFile(do func(gateway.FileID) error) func([]gateway.FileID) error {
	return func(ids []gateway.FileID) error {
		for _, id := range ids {
			if err := do(id); err != nil {
				return err
			}
		}
		return nil
	}
}

// subjectRetentionCommand prints how long records are kept.
type subjectRetentionCommand struct{}

// Help shows how the command is used.
func (subjectRetentionCommand) Help() string { return "Example:\n  parley subject retention" }

// Run prints a line for each kind of record.
func (subjectRetentionCommand) Run(s *streams) error {
	_, err := fmt.Fprint(s.Out, store.Retention())
	return err
}

// pruneEvery is how often is looked for what has been kept for long enough.
const pruneEvery = 24 * time.Hour

// prune takes out what has been kept for long enough, once a day, until ctx
// ends. The audit gets the counts.
func (p *parts) prune(ctx context.Context) {
	for again := time.NewTicker(pruneEvery); ; {
		pruned, err := p.store.Prune(ctx, p.now(), eachFile(p.channels.evidence.Erase))
		if err != nil && ctx.Err() == nil {
			p.log.ErrorContext(ctx, "what has been kept for long enough could not be taken out", "error", err)
		}
		for _, kind := range pruned {
			entry := gateway.AuditEntry{ID: newID(), At: p.now(), Action: "pruned", Object: fmt.Sprintf("%s: %d", kind.Kind, kind.Count)}
			if err := p.store.RecordAudit(ctx, entry); err != nil {
				p.log.ErrorContext(ctx, "pruning could not be recorded", "error", err)
			}
		}
		select {
		case <-ctx.Done():
			again.Stop()
			return
		case <-again.C:
		}
	}
}
