package gateway

import (
	"context"
	"errors"
	"io"
	"time"

	"parley/gateway/directory"
)

// FileID names a file that a person sent as evidence. It opens nothing.
type FileID string

// File is what is known of a piece of evidence. Its bytes are kept apart.
type File struct {
	ID           FileID
	Person       directory.PersonID // who sent it; empty: a visitor whom nobody knows
	Conversation ConversationID     // in which it came, once its message was taken
	From         Address            // that it came from
	Name         string             // as its sender calls it, without any path; for people to read, never to open
	Type         string             // what it was found to be, like "image/jpeg": never what its sender says
	Size         int64              // bytes, as kept
	Digest       string             // SHA-256 of what is kept, in hexadecimal
	Scanned      string             // which scanner found nothing in it; empty when none is set up
	At           time.Time
}

// Why a file is not taken. Each has words for whoever sent it.
var (
	ErrFileTooLarge   = errors.New("the file is too large")
	ErrFileKind       = errors.New("the file is of a kind that is not taken")
	ErrFileUnreadable = errors.New("the file cannot be read")
	ErrFileInfected   = errors.New("the file holds a virus")
)

// Evidence takes files and gives them back. internal/evidence is the one
// implementation; channels are given it by main.
type Evidence interface {
	// Take reads a file to its end, checks what it is, takes out what a
	// picture tells of where and by what it was made, has it scanned, and
	// keeps it. The error is one of those above when the file is at fault; any
	// other means that it could not be kept and may be sent again.
	Take(ctx context.Context, from Address, person directory.PersonID, name string, content io.Reader) (File, error)

	// Open returns a file that a person sent; ErrNotFound otherwise, whether or
	// not there is such a file. The caller closes it.
	Open(ctx context.Context, id FileID, person directory.PersonID) (File, io.ReadCloser, error)
}

// Files is what the store knows of evidence.
type Files interface {
	// KeepFile records a file; the turn of the message that it came with gives
	// it its conversation.
	KeepFile(ctx context.Context, f File) error

	// File returns what is known of a file, or ErrNotFound.
	File(ctx context.Context, id FileID) (File, error)

	// FilesOf returns up to limit files that a person sent, the latest first.
	FilesOf(ctx context.Context, person directory.PersonID, limit int) ([]File, error)
}

func fileNames(ids []FileID) []string {
	var names []string
	for _, id := range ids {
		names = append(names, string(id))
	}
	return names
}
