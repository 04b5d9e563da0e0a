package evidence

import (
	"errors"
	"fmt"
	"os"

	"parley/gateway"
)

// Reseal seals a file under the first secret, and reports whether it was sealed
// under another. A file that is not there (it was erased meanwhile) is no
// error; one that no secret opens stays as it is, and is.
func (k *Keeper) Reseal(id gateway.FileID) (again bool, err error) {
	sealed, err := os.ReadFile(k.path(id))
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("sealing file %s again: %w", id, err)
	}
	content, err := k.seal.open(id, sealed)
	if err != nil {
		return false, fmt.Errorf("sealing file %s again: %w", id, err)
	}
	if k.seal.files.Current(sealed) {
		return false, nil
	}
	if err := writeDurably(k.path(id), k.seal.close(id, content)); err != nil {
		return false, fmt.Errorf("sealing file %s again: %w", id, err)
	}
	return true, nil
}

// Erase takes a file from the folder. One that is not there is no error.
func (k *Keeper) Erase(id gateway.FileID) error {
	if err := os.Remove(k.path(id)); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("erasing file %s: %w", id, err)
	}
	return nil
}
