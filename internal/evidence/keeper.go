package evidence

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"parley/gateway"
	"parley/gateway/directory"
)

// Config says how evidence is kept. Dir, Secret, Files, Clock and NewID are
// needed.
type Config struct {
	Dir    string        // the folder; on more than one node, one that they share
	Secret []byte        // the service's, the same on every node
	Files  gateway.Files // what is known of the files
	Clock  func() time.Time
	NewID  func() string

	// OtherSecrets open what was sealed under them: see Reseal. Lookup is what
	// files are named under, which stays when the secret is replaced; without
	// it, the secret.
	OtherSecrets [][]byte
	Lookup       []byte

	Scanner Scanner // nil: files are not scanned, and say so
	Largest int64   // bytes of one file; zero is 10 MiB
}

// Scanner looks for viruses. It returns its name when it found none,
// gateway.ErrFileInfected when it found one, and any other error when it could
// not look: then the file is not kept.
type Scanner interface {
	Scan(ctx context.Context, content []byte) (name string, err error)
}

// atOnce is how many files are looked at at once, so that memory is bounded.
const atOnce = 4

// Keeper keeps evidence. It is safe for concurrent use.
type Keeper struct {
	config Config
	seal   *seal
	slots  chan struct{}
}

var _ gateway.Evidence = (*Keeper)(nil)

// New makes a keeper, and its folder.
func New(c Config) (*Keeper, error) {
	if c.Largest == 0 {
		c.Largest = 10 << 20
	}
	seal, err := newSeal(&c)
	if err != nil {
		return nil, fmt.Errorf("keeping evidence: %w", err)
	}
	if err := os.MkdirAll(c.Dir, 0o700); err != nil {
		return nil, fmt.Errorf("making the folder of evidence: %w", err)
	}
	return &Keeper{config: c, seal: seal, slots: make(chan struct{}, atOnce)}, nil
}

// Take implements gateway.Evidence.
func (k *Keeper) Take(ctx context.Context, from gateway.Address, person directory.PersonID, name string, content io.Reader) (gateway.File, error) {
	select {
	case k.slots <- struct{}{}:
		defer func() { <-k.slots }()
	case <-ctx.Done():
		return gateway.File{}, ctx.Err()
	}
	raw, err := k.read(content)
	if err != nil {
		return gateway.File{}, err
	}
	kind, clean, err := accept(raw)
	if err != nil {
		return gateway.File{}, err
	}
	scanned, err := k.scan(ctx, raw, clean)
	if err != nil {
		return gateway.File{}, err
	}
	sum := sha256.Sum256(clean)
	f := gateway.File{
		ID: gateway.FileID(k.config.NewID()), Person: person, From: from, Name: nameOf(name), Type: kind,
		Size: int64(len(clean)), Digest: hex.EncodeToString(sum[:]), Scanned: scanned, At: k.config.Clock(),
	}
	return f, k.keep(ctx, f, clean)
}

// read reads a file to its end, or to where it is too large.
func (k *Keeper) read(content io.Reader) ([]byte, error) {
	raw, err := io.ReadAll(io.LimitReader(content, k.config.Largest+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("reading a file: %w", err)
	case int64(len(raw)) > k.config.Largest:
		return nil, gateway.ErrFileTooLarge
	}
	return raw, nil
}

// scan looks at what was sent, and at what will be kept where that is other.
func (k *Keeper) scan(ctx context.Context, raw, clean []byte) (string, error) {
	if k.config.Scanner == nil {
		return "", nil
	}
	name, err := k.config.Scanner.Scan(ctx, raw)
	if err == nil && !bytes.Equal(raw, clean) {
		name, err = k.config.Scanner.Scan(ctx, clean)
	}
	if err != nil {
		return "", fmt.Errorf("scanning a file: %w", err)
	}
	return name, nil
}

// keep writes a file to the folder, then what is known of it to the store. One
// that nobody knows of is left behind when the process dies in between; it
// opens for nobody.
func (k *Keeper) keep(ctx context.Context, f gateway.File, content []byte) error {
	path := k.path(f.ID)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fmt.Errorf("keeping file %s: %w", f.ID, err)
	}
	if err := writeDurably(path, k.seal.close(f.ID, content)); err != nil {
		return fmt.Errorf("keeping file %s: %w", f.ID, err)
	}
	if err := k.config.Files.KeepFile(ctx, f); err != nil {
		_ = os.Remove(path)
		return fmt.Errorf("keeping file %s: %w", f.ID, err)
	}
	return nil
}

// writeDurably writes a file that is there whole or not at all.
func writeDurably(path string, content []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), "new-")
	if err != nil {
		return err
	}
	_, err = file.Write(content)
	if err == nil {
		err = file.Sync()
	}
	if closed := file.Close(); err == nil {
		err = closed
	}
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}

// Open implements gateway.Evidence. A file opens for the person who sent it.
func (k *Keeper) Open(ctx context.Context, id gateway.FileID, person directory.PersonID) (gateway.File, io.ReadCloser, error) {
	f, err := k.config.Files.File(ctx, id)
	if err != nil {
		return gateway.File{}, nil, err
	}
	if person == "" || f.Person != person {
		return gateway.File{}, nil, gateway.ErrNotFound
	}
	return k.unseal(f)
}

// path is where a file is kept: by a hash, for ids that sort by time would fill
// one folder at a time and tell when each came.
func (k *Keeper) path(id gateway.FileID) string {
	name := k.seal.name(id)
	return filepath.Join(k.config.Dir, name[:2], name)
}

// longestName is how much of a file's name is kept, in bytes.
const longestName = 100

// nameOf is a file's name as people may read it: without a path, and without
// what cannot be seen.
func nameOf(name string) string {
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if !unicode.IsPrint(r) {
			return -1
		}
		return r
	}, strings.ToValidUTF8(name, ""))
	if len(name) > longestName {
		cut := longestName
		for !utf8.RuneStart(name[cut]) {
			cut--
		}
		name = name[:cut]
	}
	return name
}
