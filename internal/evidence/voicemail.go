package evidence

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"os"

	"parley/gateway"
	"parley/gateway/directory"
)

// wavType is what a voicemail is.
const wavType = "audio/wav"

var _ gateway.Recordings = (*Keeper)(nil)

// TakeVoicemail implements gateway.Recordings. It takes WAV alone, which nobody
// can send as evidence.
func (k *Keeper) TakeVoicemail(ctx context.Context, from gateway.Address, person directory.PersonID, content io.Reader) (gateway.File, error) {
	raw, err := k.read(content)
	if err != nil {
		return gateway.File{}, err
	}
	if !isWAV(raw) {
		return gateway.File{}, gateway.ErrFileKind
	}
	scanned, err := k.scan(ctx, raw, raw)
	if err != nil {
		return gateway.File{}, err
	}
	sum := sha256.Sum256(raw)
	f := gateway.File{
		ID: gateway.FileID(k.config.NewID()), Person: person, From: from, Name: "voicemail.wav", Type: wavType,
		Size: int64(len(raw)), Digest: hex.EncodeToString(sum[:]), Scanned: scanned, At: k.config.Clock(),
	}
	return f, k.keep(ctx, f, raw)
}

// isWAV reports whether a file begins as a RIFF file of WAVE form does.
func isWAV(raw []byte) bool {
	return len(raw) > 12 && bytes.HasPrefix(raw, []byte("RIFF")) && string(raw[8:12]) == "WAVE"
}

// OpenVoicemail implements gateway.Recordings.
func (k *Keeper) OpenVoicemail(ctx context.Context, id gateway.FileID) (gateway.File, io.ReadCloser, error) {
	f, err := k.config.Files.File(ctx, id)
	if err == nil && f.Type != wavType {
		err = gateway.ErrNotFound
	}
	if err != nil {
		return gateway.File{}, nil, fmt.Errorf("opening voicemail %s: %w", id, err)
	}
	return k.unseal(f)
}

// unseal reads a file that is kept.
func (k *Keeper) unseal(f gateway.File) (gateway.File, io.ReadCloser, error) {
	sealed, err := os.ReadFile(k.path(f.ID))
	if errors.Is(err, os.ErrNotExist) {
		return gateway.File{}, nil, gateway.ErrNotFound
	}
	if err != nil {
		return gateway.File{}, nil, fmt.Errorf("opening file %s: %w", f.ID, err)
	}
	content, err := k.seal.open(f.ID, sealed)
	if err != nil {
		return gateway.File{}, nil, fmt.Errorf("opening file %s: %w", f.ID, err)
	}
	return f, io.NopCloser(bytes.NewReader(content)), nil
}
