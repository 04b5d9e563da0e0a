package gateway

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"parley/dialogs"
)

// library finds the dialog of a conversation: the version it began on, which
// may be older than the current one.
type library struct {
	shelf atomic.Pointer[shelf]

	mu       sync.Mutex
	versions map[string]*dialogs.Dialog // by version; nil for one that does not compile
}

// shelf holds the dialogs that new conversations begin on.
type shelf struct {
	list    []*dialogs.Dialog
	current map[string]*dialogs.Dialog   // by name
	takes   map[string][]*dialogs.Dialog // by the intents that begin them
}

func newLibrary(list []*dialogs.Dialog) *library {
	l := &library{versions: map[string]*dialogs.Dialog{}}
	l.replace(list)
	return l
}

// replace puts other dialogs on the shelf. Conversations that run stay on the
// version they began on.
func (l *library) replace(list []*dialogs.Dialog) {
	s := &shelf{list: list, current: map[string]*dialogs.Dialog{}, takes: map[string][]*dialogs.Dialog{}}
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, d := range list {
		s.current[d.Name] = d
		l.versions[d.Version] = d
		for _, intent := range d.Intents {
			s.takes[intent] = append(s.takes[intent], d)
		}
	}
	l.shelf.Store(s)
}

// named is the current version of a dialog.
func (l *library) named(name string) (*dialogs.Dialog, bool) {
	d, ok := l.shelf.Load().current[name]
	return d, ok
}

// taking lists the dialogs that an intent begins.
func (l *library) taking(intent string) []*dialogs.Dialog { return l.shelf.Load().takes[intent] }

func (l *library) keep(ctx context.Context, store Conversations, at time.Time) error {
	for _, d := range l.shelf.Load().list {
		source, err := json.Marshal(d.Source())
		if err != nil {
			return fmt.Errorf("writing the source of dialog %s: %w", d.Name, err)
		}
		if err := store.KeepDialogSource(ctx, d.Version, d.Name, source, at); err != nil {
			return fmt.Errorf("keeping dialog %s: %w", d.Name, err)
		}
	}
	return nil
}

// errUnloadable says that a version no longer compiles: its conversations go
// to a person with their answers.
var errUnloadable = errors.New("the dialog version does not load any more")

// sources are where old versions come from.
type sources interface {
	DialogSource(ctx context.Context, version string) ([]byte, error)
}

// version returns a version, from memory or from the store.
func (l *library) version(ctx context.Context, store sources, version string) (*dialogs.Dialog, error) {
	l.mu.Lock()
	d, ok := l.versions[version]
	l.mu.Unlock()
	if !ok {
		source, err := store.DialogSource(ctx, version)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return nil, fmt.Errorf("loading dialog version %s: %w", version, err)
		}
		d = compiled(source)
		l.mu.Lock()
		l.versions[version] = d
		l.mu.Unlock()
	}
	if d == nil {
		return nil, errUnloadable
	}
	return d, nil
}

func compiled(source []byte) *dialogs.Dialog {
	var files []dialogs.File
	if err := json.Unmarshal(source, &files); err != nil || len(files) == 0 {
		return nil
	}
	d, problems := dialogs.Compile(files)
	if len(problems) > 0 {
		return nil
	}
	return d
}
