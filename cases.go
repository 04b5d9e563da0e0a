package main

import (
	"context"
	"crypto/rand"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/store"
)

// caseKeeper keeps cases as they come in, from a file or by the API: PINs are
// hashed before anything is stored.
type caseKeeper struct {
	store  *store.Store
	pinKey []byte
}

func newCaseKeeper(s *store.Store, set settings) (*caseKeeper, error) {
	lookup, err := set.lookup()
	if err != nil {
		return nil, err
	}
	key, err := directory.PINKey(lookup)
	return &caseKeeper{store: s, pinKey: key}, err
}

// PutCase seals a case's PINs and stores it, new or changed.
func (k *caseKeeper) PutCase(ctx context.Context, c directory.Case, at time.Time) error {
	return k.putCaseOnce(ctx, c, at, nil)
}

func (k *caseKeeper) putCaseOnce(ctx context.Context, c directory.Case, at time.Time, row *gateway.IdempotentRow) error {
	if err := directory.Seal(&c, k.pinKey, rand.Reader); err != nil {
		return err
	}
	return k.store.PutCaseOnce(ctx, c, at, row)
}

// apiStore is the store as the API uses it.
type apiStore struct {
	*store.Store
	cases *caseKeeper
}

// PutCase implements api.Store.
func (s apiStore) PutCase(ctx context.Context, c directory.Case, at time.Time, row *gateway.IdempotentRow) error {
	return s.cases.putCaseOnce(ctx, c, at, row)
}
