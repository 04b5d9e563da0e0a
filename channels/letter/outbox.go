package letter

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// manifestFile is the list of letters, one JSON object a line.
const manifestFile = "manifest.jsonl"

// entry is a line of the manifest. It tells nothing of whom a letter is for.
type entry struct {
	ID      string    `json:"id"` // of the message: there is one letter of each
	File    string    `json:"file"`
	Pages   int       `json:"pages"`
	Class   string    `json:"class"` // of post: first or second
	Created time.Time `json:"created"`
	SHA256  string    `json:"sha256"` // of the file, in hexadecimal
}

// outbox is the folder that a print supplier fetches letters from.
type outbox struct {
	dir string
	mu  sync.Mutex
}

// put writes a letter and its line, and completes the entry. A letter appears
// whole or not at all, and its line only after it. One that is there already
// stays as it is.
func (o *outbox) put(e *entry, file []byte) error {
	e.File = e.ID + ".pdf"
	o.mu.Lock()
	defer o.mu.Unlock()
	written, err := o.write(e.File, file)
	if err != nil {
		return fmt.Errorf("writing letter %s: %w", e.ID, err)
	}
	if !written {
		listed, err := o.listed(e.ID)
		if listed || err != nil {
			return err
		}
		if file, err = os.ReadFile(filepath.Join(o.dir, e.File)); err != nil {
			return fmt.Errorf("reading letter %s: %w", e.ID, err)
		}
	}
	sum := sha256.Sum256(file)
	e.SHA256 = hex.EncodeToString(sum[:])
	if err := o.list(e); err != nil {
		return fmt.Errorf("listing letter %s: %w", e.ID, err)
	}
	return nil
}

// write makes a file of a name that no file has yet; written is false when one
// has.
func (o *outbox) write(name string, content []byte) (written bool, err error) {
	draft, err := os.CreateTemp(o.dir, ".letter-*")
	if err != nil {
		return false, err
	}
	_, err = draft.Write(content)
	err = errors.Join(err, draft.Sync(), draft.Close())
	if err == nil {
		err = os.Link(draft.Name(), filepath.Join(o.dir, name)) // unlike a rename it replaces nothing
		written = err == nil
		if errors.Is(err, fs.ErrExist) {
			err = nil
		}
	}
	return written, errors.Join(err, os.Remove(draft.Name()))
}

// listed reports whether the manifest has a letter.
func (o *outbox) listed(id string) (bool, error) {
	manifest, err := os.Open(filepath.Join(o.dir, manifestFile))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("reading the manifest: %w", err)
	}
	defer func() { _ = manifest.Close() }() // only read
	lines := bufio.NewScanner(manifest)
	for lines.Scan() {
		var e entry
		if json.Unmarshal(lines.Bytes(), &e) == nil && e.ID == id { // a line that was cut off names none
			return true, nil
		}
	}
	return false, lines.Err()
}

// list adds a line to the manifest, on a line of its own even after one that
// was cut off.
func (o *outbox) list(e *entry) error {
	line, err := json.Marshal(e)
	if err != nil {
		return err
	}
	manifest, err := os.OpenFile(filepath.Join(o.dir, manifestFile), os.O_RDWR|os.O_APPEND|os.O_CREATE, 0o640)
	if err != nil {
		return err
	}
	line = append(line, '\n')
	if cut, err := endsInside(manifest); err != nil {
		return errors.Join(err, manifest.Close())
	} else if cut {
		line = append([]byte{'\n'}, line...)
	}
	_, err = manifest.Write(line)
	return errors.Join(err, manifest.Sync(), manifest.Close())
}

// endsInside reports whether the last line of a file has no end.
func endsInside(file *os.File) (bool, error) {
	info, err := file.Stat()
	if err != nil || info.Size() == 0 {
		return false, err
	}
	var last [1]byte
	_, err = file.ReadAt(last[:], info.Size()-1)
	return last[0] != '\n', err
}
