package evidence_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"parley/gateway"
	"parley/gateway/directory"
)

var wav = []byte("RIFF\x24\x00\x00\x00WAVEfmt and so on")

func TestVoicemailIsKeptWhoeverLeftIt(t *testing.T) {
	call := gateway.Address{Channel: directory.Voice, Value: "id-1"}
	for name, person := range map[string]directory.PersonID{"of a person": "P1", "of nobody known": ""} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, nil)
			f, err := h.TakeVoicemail(t.Context(), call, person, bytes.NewReader(wav))
			if err != nil {
				t.Fatal(err)
			}
			got, content, err := h.OpenVoicemail(t.Context(), f.ID)
			if err != nil {
				t.Fatal(err)
			}
			heard, err := io.ReadAll(content)
			if err != nil || !bytes.Equal(heard, wav) || got.Type != "audio/wav" || got.Person != person {
				t.Errorf("opened %+v with %q, %v", got, heard, err)
			}
		})
	}
}

func TestVoicemailIsSoundAlone(t *testing.T) {
	h := newHouse(t, nil)
	for _, content := range []string{"", "RIFF", "%PDF-1.7 %%EOF", "<html>"} {
		if _, err := h.TakeVoicemail(t.Context(), gateway.Address{}, "P1", strings.NewReader(content)); !errors.Is(err, gateway.ErrFileKind) {
			t.Errorf("%q is taken as a voicemail: %v", content, err)
		}
	}
	if _, err := h.Take(t.Context(), gateway.Address{}, "P1", "song.wav", bytes.NewReader(wav)); !errors.Is(err, gateway.ErrFileKind) {
		t.Errorf("sound is taken as evidence: %v", err)
	}
	if _, _, err := h.OpenVoicemail(t.Context(), "no such"); !errors.Is(err, gateway.ErrNotFound) {
		t.Errorf("opened what is not there: %v", err)
	}
}
