package main

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"io"
	"io/fs"
	"time"

	"parley/dialogs"
)

// lookAgain is how often a demo looks whether its dialogs were saved anew.
const lookAgain = 500 * time.Millisecond

// reload keeps a demo's dialogs as they are in its folder, if it has one, until
// it stops. Conversations that run go on as they began.
func (d *demo) reload(ctx context.Context, p *parts) {
	if p.dialogs == "" {
		return
	}
	w := dialogWatch{folder: dialogFolder(p.dialogs), out: d.out, replace: func(list []*dialogs.Dialog) error {
		return p.gateway.Replace(ctx, list)
	}}
	w.seen = w.looks()
	ctx, cancel := context.WithCancel(ctx)
	stopped := make(chan struct{})
	go func() {
		defer close(stopped)
		w.run(ctx, time.Tick(lookAgain))
	}()
	p.onStop(func(context.Context) { cancel(); <-stopped })
}

// dialogWatch looks at a folder of dialogs.
type dialogWatch struct {
	folder  fs.FS
	replace func([]*dialogs.Dialog) error
	out     io.Writer
	seen    uint64
}

func (w *dialogWatch) run(ctx context.Context, again <-chan time.Time) {
	for {
		select {
		case <-ctx.Done():
			return
		case <-again:
			w.look()
		}
	}
}

// looks is a hash of what the folder's files are called, how long they are and
// when they were written.
func (w *dialogWatch) looks() uint64 {
	sum := fnv.New64a()
	_ = fs.WalkDir(w.folder, ".", func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return nil // it is gone; the next look tells
		}
		if info, err := entry.Info(); err == nil && !entry.IsDir() {
			fmt.Fprintln(sum, path, info.Size(), info.ModTime().UnixNano())
		}
		return nil
	})
	return sum.Sum64()
}

// look puts the folder's dialogs to use when it has changed and they are
// whole; otherwise those before stay, and what is wrong is told.
func (w *dialogWatch) look() {
	now := w.looks()
	if now == w.seen {
		return
	}
	w.seen = now
	list, err := dialogs.Load(w.folder)
	if err == nil {
		err = w.replace(list)
	}
	switch problems, ok := errors.AsType[dialogs.Problems](err); {
	case ok:
		fmt.Fprintln(w.out, "The dialogs have problems; those before stay in use:")
		for _, p := range problems {
			fmt.Fprintln(w.out, " ", p)
		}
	case err != nil:
		fmt.Fprintln(w.out, "The dialogs could not be read; those before stay in use:", err)
	default:
		fmt.Fprintf(w.out, "%d dialogs are in use as they are now.\n", len(list))
	}
}
