package webchat

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parley/dialogs"
	"parley/gateway"
	"parley/gateway/directory"
	"parley/templates"
)

// How a socket is closed, and what its browser does then: RFC 6455 section
// 7.4.1, and of the private codes of section 7.4.2 what only we mean.
type closeCode int

const (
	closeProtocol    closeCode = 1002 // it did not begin with hello
	closeUnsupported closeCode = 1003 // a binary frame
	closeNotText     closeCode = 1007 // a text that is not UTF-8
	closePolicy      closeCode = 1008 // not our frames, or too many of them
	closeRestart     closeCode = 1012 // this node stops: resume elsewhere
	closeSlow        closeCode = 1013 // it takes frames too slowly: resume
	closeEnded       closeCode = 4000 // the visit has ended: the page clears itself
	closeAgain       closeCode = 4001 // the visit may now show more: resume at once
)

// heardFrame is a frame from a browser. Fields of other kinds, and fields that
// nobody knows, are left alone.
type heardFrame struct {
	Type     string           `json:"type"` // hello, message, typing, read; any other is ignored
	Epoch    string           `json:"epoch"`
	After    int64            `json:"after"`
	ID       string           `json:"id"`
	Text     string           `json:"text"`
	Files    []gateway.FileID `json:"files"`
	Sequence int64            `json:"sequence"`
}

// mostFiles is how many files one message may carry.
const mostFiles = 10

var errNotOurs = errors.New("the frame is not one of this protocol")

// readFrame reads a browser's frame, which can be anything at all.
func readFrame(text []byte) (heardFrame, error) {
	var f heardFrame
	if err := json.Unmarshal(text, &f); err != nil {
		return f, errNotOurs // json's own words may quote what a person wrote
	}
	if f.Type == "" || f.After < 0 || f.Sequence < 0 || len(f.Files) > mostFiles {
		return f, errNotOurs
	}
	return f, nil
}

// The frames to a browser. docs/webchat-protocol.md describes them.
type (
	welcomeFrame struct {
		Type  string `json:"type"`
		Epoch string `json:"epoch"`
		After int64  `json:"after"`
	}
	entriesFrame struct {
		Type    string      `json:"type"`
		After   int64       `json:"after"`
		Entries []wireEntry `json:"entries"`
	}
	ackFrame struct {
		Type     string `json:"type"`
		ID       string `json:"id"`
		Sequence int64  `json:"sequence"`
	}
	nackFrame struct {
		Type   string `json:"type"`
		ID     string `json:"id"`
		Reason reason `json:"reason"`
	}
	markFrame struct { // typing, read
		Type     string `json:"type"`
		ByUs     bool   `json:"by_us"`
		Sequence int64  `json:"sequence"`
	}
	beatFrame struct {
		Type string `json:"type"`
	}
)

// reason is why a message was not taken.
type reason string

const (
	reasonBusy   reason = "busy"   // too many messages: the same again in a while
	reasonLong   reason = "long"   // it will never be taken
	reasonBad    reason = "bad"    // empty, or without a proper id: never either
	reasonFailed reason = "failed" // it could not be stored: the same again
)

// wireEntry is a gateway.Entry as browsers get it, on pages and on sockets.
type wireEntry struct {
	Sequence int64              `json:"sequence"`
	Message  gateway.MessageID  `json:"message"`
	ByUs     bool               `json:"by_us"`
	Text     string             `json:"text"`
	Ask      *dialogs.Ask       `json:"ask,omitempty"`
	Language templates.Language `json:"language"`
	At       time.Time          `json:"at"`
}

func onWire(entries []gateway.Entry) []wireEntry {
	out := make([]wireEntry, len(entries))
	for i, e := range entries {
		out[i] = wireEntry{e.Sequence, e.Message, e.ByUs, e.Text, e.Ask, e.Language, e.At.UTC()}
	}
	return out
}

// epoch names what a browser's sequences count: a visit, and anew once it is
// confirmed, because entries in between are shown from then on.
func epoch(v gateway.Visit) string {
	if v.Level >= directory.Confirmed {
		return string(v.ID) + "+"
	}
	return string(v.ID)
}

// restartReason tells browsers when to come back, so that they do not come all
// at once.
func restartReason(in time.Duration) string { return fmt.Sprintf("resume in %d ms", in.Milliseconds()) }
