package main

import (
	"context"
	"errors"
	"fmt"

	"parley/gateway"
	"parley/internal/evidence"
	"parley/internal/keyring"
	"parley/internal/store"
)

// keysCommands look after the keys under which what is stored is sealed.
type keysCommands struct {
	Lookup keysLookupCommand `cmd:"" help:"Print PARLEY_LOOKUP_KEY, which has to be set before the secret key is replaced."`
	Rotate keysRotateCommand `cmd:"" help:"Seal under PARLEY_SECRET_KEY what is still sealed under another key."`
}

// secrets are the service's secret keys, the one that seals first.
func (s *settings) secrets() (secret []byte, others [][]byte) {
	for _, other := range s.OtherSecretKeys {
		others = append(others, []byte(other))
	}
	return []byte(s.SecretKey), others
}

// lookup is the key of what is found and not read: hashes of addresses, PINs
// and words, and what has to be known again for longer than a secret key lives.
func (s *settings) lookup() ([]byte, error) {
	if s.LookupKey != "" {
		return []byte(s.LookupKey), nil
	}
	key, err := keyring.Lookup([]byte(s.SecretKey))
	return []byte(key), err
}

// keysLookupCommand prints the lookup key.
type keysLookupCommand struct{}

// Help shows how the command is used.
func (keysLookupCommand) Help() string {
	return "Addresses, words and PINs are kept as hashes under a key of their own, which stays when the secret key is replaced. While PARLEY_LOOKUP_KEY is not set it is derived from the secret key; this prints it, to be kept as the secret that it is. The secret key cannot be told from it.\n\nExample:\n  parley keys lookup > /run/secrets/lookup-key"
}

// Run prints the key that the settings give or derive.
func (keysLookupCommand) Run(s *streams) error {
	set, err := readEnvironment()
	if err != nil {
		return err
	}
	key, err := set.lookup()
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(s.Out, string(key))
	return err
}

// keysRotateCommand seals everything again.
type keysRotateCommand struct{}

// Help shows how the command is used.
func (keysRotateCommand) Help() string {
	return `A secret key is replaced in four steps, while the gateway runs:

  1. Every node gets PARLEY_LOOKUP_KEY (parley keys lookup), and the next key in PARLEY_OTHER_SECRET_KEYS.
  2. Every node gets the next key as PARLEY_SECRET_KEY, and the earlier one in PARLEY_OTHER_SECRET_KEYS.
  3. parley keys rotate, with the same settings. It can be stopped and begun again.
  4. Every node gets PARLEY_OTHER_SECRET_KEYS without the earlier key, which may then be destroyed.

Standard output gets a line for each kind of value: how many were sealed again, were sealed under the key already, and open under no key. The exit status is 1 when there are any of these last. Backups still need the key that they were made under.

Example:
  parley keys rotate`
}

// Run goes through the database, then through the evidence.
func (keysRotateCommand) Run(s *streams) error {
	return withStore(func(ctx context.Context, p *parts) error {
		unreadable := 0
		told := func(r store.Resealed) {
			unreadable += r.Unreadable
			fmt.Fprintf(s.Out, "%s: %d sealed again, %d already were, %d open under no key\n", r.Column, r.Again, r.Current, r.Unreadable)
		}
		if err := p.store.Ready(ctx); err != nil {
			return err
		}
		files, err := newEvidence(p.settings, p.store)
		if err != nil {
			return err
		}
		counts, err := resealFiles(ctx, p.store, files)
		if err != nil {
			return err
		}
		told(counts)
		if err := p.store.Reseal(ctx, told); err != nil {
			return err
		}
		if unreadable > 0 {
			return errAnswerIsNo
		}
		return nil
	})
}

// filesAtOnce is how many files are looked up together.
const filesAtOnce = 200

// resealFiles seals all files of evidence again.
func resealFiles(ctx context.Context, known *store.Store, files *evidence.Keeper) (store.Resealed, error) {
	counts := store.Resealed{Column: "evidence"}
	var last gateway.FileID
	for {
		ids, err := known.FileIDs(ctx, last, filesAtOnce)
		if err != nil || len(ids) == 0 {
			return counts, err
		}
		for _, id := range ids {
			again, err := files.Reseal(id)
			switch {
			case errors.Is(err, keyring.ErrSealed):
				counts.Unreadable++
			case err != nil:
				return counts, err
			case again:
				counts.Again++
			default:
				counts.Current++
			}
		}
		last = ids[len(ids)-1]
	}
}
