package store

import (
	"context"
	"fmt"

	"parley/gateway"
	"parley/gateway/directory"
)

const (
	insertFile = `
	INSERT INTO files (id, person, conversation, channel, address, type, size, scanned, at, sealed)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`

	fileColumns  = `SELECT id, person, conversation, channel, type, size, scanned, at, sealed FROM files`
	fileQuery    = fileColumns + ` WHERE id = $1`
	filesOfQuery = fileColumns + ` WHERE person = $1 AND person <> '' ORDER BY id DESC LIMIT $2`

	fileIDsQuery = `SELECT id FROM files WHERE id > $1 ORDER BY id LIMIT $2`

	// Only whoever sent a file can send it with a message. Whose it is may be known
	// only then, as of what comes by email.
	fileWithMessage = `UPDATE files SET conversation = $2, person = CASE WHEN person = '' THEN $4 ELSE person END
	WHERE id = $1 AND conversation = '' AND address = $3`
)

func filePlace(id gateway.FileID) place { return place{"files.sealed", string(id)} }

// KeepFile implements gateway.Files.
func (s *Store) KeepFile(ctx context.Context, f gateway.File) error {
	j := &job{}
	j.add(insertFile, string(f.ID), string(f.Person), string(f.Conversation), string(f.From.Channel), s.codec.hash(f.From),
		f.Type, f.Size, f.Scanned, micros(f.At), s.codec.sealTexts(filePlace(f.ID), f.From.Value, f.Name, f.Digest))
	if err := s.engine.write(ctx, j); err != nil {
		return fmt.Errorf("keep file %s: %w", f.ID, err)
	}
	return nil
}

// File implements gateway.Files.
func (s *Store) File(ctx context.Context, id gateway.FileID) (gateway.File, error) {
	var f gateway.File
	err := s.engine.read(ctx, statement{sql: fileQuery, args: []any{string(id)}, each: func(r row) (err error) {
		f, err = s.scanFile(r)
		return err
	}})
	if err == nil && f.ID == "" {
		err = gateway.ErrNotFound
	}
	if err != nil {
		return gateway.File{}, fmt.Errorf("read file %s: %w", id, err)
	}
	return f, nil
}

// FilesOf implements gateway.Files.
func (s *Store) FilesOf(ctx context.Context, person directory.PersonID, limit int) ([]gateway.File, error) {
	var files []gateway.File
	err := s.engine.read(ctx, statement{sql: filesOfQuery, args: []any{string(person), limit}, each: func(r row) error {
		f, err := s.scanFile(r)
		files = append(files, f)
		return err
	}})
	if err != nil {
		return nil, fmt.Errorf("read the files of person %s: %w", person, err)
	}
	return files, nil
}

// FileIDs returns the ids of files after one, in order.
func (s *Store) FileIDs(ctx context.Context, after gateway.FileID, limit int) ([]gateway.FileID, error) {
	var ids []gateway.FileID
	err := s.engine.read(ctx, statement{sql: fileIDsQuery, args: []any{string(after), limit}, each: func(r row) error {
		var id gateway.FileID
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	}})
	if err != nil {
		return nil, fmt.Errorf("read the ids of files: %w", err)
	}
	return ids, nil
}

func (s *Store) scanFile(r row) (f gateway.File, err error) {
	var at int64
	var sealed []byte
	if err := r.Scan(&f.ID, &f.Person, &f.Conversation, &f.From.Channel, &f.Type, &f.Size, &f.Scanned, &at, &sealed); err != nil {
		return f, err
	}
	f.At = moment(at)
	return f, s.codec.openTexts(filePlace(f.ID), sealed, &f.From.Value, &f.Name, &f.Digest)
}

// addFiles gives the files of a turn's message their conversation and person.
func (s *Store) addFiles(j *job, t *gateway.Turn) {
	if t.Inbound == nil {
		return
	}
	var conversation gateway.ConversationID
	if t.Conversation != nil {
		conversation = t.Conversation.ID
	}
	for _, id := range t.Inbound.Files {
		j.add(fileWithMessage, string(id), string(conversation), s.codec.hash(t.Inbound.From), string(t.Inbound.Person))
	}
}
