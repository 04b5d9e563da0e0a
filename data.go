package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	"parley/gateway/directory"
	"parley/internal/api"
	"parley/internal/jobs"
)

// importCommand puts the records of a file into the store.
type importCommand struct {
	File string `arg:"" help:"A JSON list of cases, or one case a line; payments when its name ends in .csv. - for cases from standard input."`
}

// Help shows how the command is used.
func (importCommand) Help() string {
	return `A case, or a payment, that is known is replaced by what the file says. Bad rows are reported by number and the rest go in; the exit status is then 1. Standard output gets {"stored": …, "refused": …}. Settings come from the environment as for parley serve; a gateway may be running meanwhile.

A file of payments has a row for each, under the names id, case, to, amount, received (2026-11-03) and method (collected or direct; to says which parent was paid directly).

Example:
  parley import cases.json
  parley import payments.csv`
}

// Run reads the file to its end, whatever is wrong with single rows.
func (c *importCommand) Run(s *streams) error {
	in := s.In
	if c.File != "-" {
		file, err := os.Open(c.File)
		if err != nil {
			return fmt.Errorf("opening the file: %w", err)
		}
		defer file.Close()
		in = file
	}
	return withStore(func(ctx context.Context, p *parts) error {
		stored, refused, err := c.take(ctx, p, in, s)
		if _, err := fmt.Fprintf(s.Out, "{\"stored\": %d, \"refused\": %d}\n", stored, refused); err != nil {
			return fmt.Errorf("writing the counts: %w", err)
		}
		switch {
		case err != nil:
			return err
		case stored+refused == 0:
			fmt.Fprintln(s.Err, "The file has no rows.")
			return errAnswerIsNo
		case refused > 0:
			return errAnswerIsNo
		}
		return nil
	})
}

// take stores what the file holds.
func (c *importCommand) take(ctx context.Context, p *parts, in io.Reader, s *streams) (stored, refused int, err error) {
	if strings.HasSuffix(strings.ToLower(c.File), ".csv") {
		return takePayments(ctx, p.store, in, s.Err)
	}
	i := &caseImport{rows: directory.NewReader(in), put: p.cases.PutCase, problems: s.Err, onTerminal: isTerminal(s.Err)}
	err = i.run(ctx)
	if i.onTerminal {
		fmt.Fprintln(s.Err)
	}
	return i.stored, i.refused, err
}

// importBatch is how many cases go in together, and importHashes how many PINs
// are hashed at once, at 19 MiB each.
const (
	importBatch  = 64
	importHashes = 8
)

// caseImport is one run of parley import.
type caseImport struct {
	rows       *directory.Reader
	put        func(context.Context, directory.Case, time.Time) error
	problems   io.Writer
	onTerminal bool

	stored, refused int
	batch           []directory.Case
	named           []string // the cases and people of the batch
}

// run stores good rows in batches, and reports bad ones. A batch names nobody
// twice, so that of two rows about one case or person the later one stands.
func (i *caseImport) run(ctx context.Context) error {
	for {
		c, err := i.rows.Read()
		bad, ok := errors.AsType[*directory.RowError](err)
		switch {
		case ok:
			i.refused++
			i.tell(bad.Error())
			continue
		case errors.Is(err, io.EOF):
			return i.flush(ctx)
		case err != nil:
			return errors.Join(i.flush(ctx), fmt.Errorf("reading cases: %w", err))
		}
		names := namesOf(&c)
		if len(i.batch) == importBatch || slices.ContainsFunc(names, i.hasNamed) {
			if err := i.flush(ctx); err != nil {
				return err
			}
		}
		i.batch, i.named = append(i.batch, c), append(i.named, names...)
	}
}

func (i *caseImport) hasNamed(name string) bool { return slices.Contains(i.named, name) }

func namesOf(c *directory.Case) []string {
	names := []string{"case " + string(c.Reference)}
	for _, p := range c.People() {
		names = append(names, "person "+string(p.ID))
	}
	return names
}

// flush stores the batch. A store that fails ends the import: what is in stays
// in, and the same import again puts in the rest.
func (i *caseImport) flush(ctx context.Context) error {
	var storing errgroup.Group
	storing.SetLimit(min(importHashes, 2*runtime.GOMAXPROCS(0)))
	done := make([]bool, len(i.batch))
	for n, c := range i.batch {
		storing.Go(func() error {
			err := i.put(ctx, c, time.Now())
			done[n] = err == nil
			return err
		})
	}
	err := storing.Wait()
	for _, ok := range done {
		if ok {
			i.stored++
		}
	}
	i.batch, i.named = i.batch[:0], i.named[:0]
	if i.onTerminal {
		fmt.Fprintf(i.problems, "\r%d stored, %d refused ", i.stored, i.refused)
	}
	if err != nil {
		return fmt.Errorf("storing cases: %w", err)
	}
	return nil
}

// tell writes a problem on a line of its own.
func (i *caseImport) tell(problem string) {
	if i.onTerminal {
		fmt.Fprint(i.problems, "\r")
	}
	fmt.Fprintln(i.problems, problem)
}

func isTerminal(w io.Writer) bool {
	file, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := file.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// migrateCommand brings the database up to date.
type migrateCommand struct{}

// Help shows how the command is used.
func (migrateCommand) Help() string {
	return "Run it before a new version is started; several at once wait for each other. An SQLite file needs it not: every start migrates it. Settings come from the environment as for parley serve.\n\nExample:\n  PARLEY_DATABASE_URL=postgres://… parley migrate"
}

// Run migrates what the store keeps and what the jobs keep.
func (migrateCommand) Run(s *streams) error {
	return withStore(func(ctx context.Context, p *parts) error {
		if err := p.store.Migrate(ctx); err != nil {
			return err
		}
		if err := jobs.Migrate(ctx, p.store.Writer(), p.settings.postgres()); err != nil {
			return err
		}
		_, err := fmt.Fprintln(s.Err, "The database is up to date.")
		return err
	})
}

// withStore opens the store that the environment names for a command that
// needs no more of a gateway.
func withStore(do func(ctx context.Context, p *parts) error) error {
	set, err := readSettings(os.Environ())
	if err != nil {
		return err
	}
	ctx := context.Background()
	p := &parts{settings: set}
	defer p.stop(ctx)
	if err := p.openStore(ctx); err != nil {
		return err
	}
	return do(ctx, p)
}

// openapiCommand prints the document of the JSON API.
type openapiCommand struct{}

// Help shows how the command is used.
func (openapiCommand) Help() string { return "Example:\n  parley openapi > parley-openapi.json" }

// Run prints the document that a gateway serves at /api/v1/openapi.json.
func (openapiCommand) Run(s *streams) error {
	_, err := s.Out.Write(api.Document())
	return err
}
