package network

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
)

// The file begins with this word and the length of a JSON header; then come the
// features and the float arrays, little-endian, 4 bytes each; and then, a byte
// each, the features' frequency weights in twentieths and their factors in units,
// and the rows.
const magic = "PARLEY-NET-2\n"

type header struct {
	Heads    []Head             `json:"heads"`
	Settings map[string]float64 `json:"settings"`
	Features int                `json:"features"`
	Width    int                `json:"width"`
	Unknown  float32            `json:"unknown"`
	Unit     float32            `json:"unit"`
}

// Encode writes a network as its file. The same weights are the same bytes.
func Encode(w *Weights) ([]byte, error) {
	rows, factors, unit := w.packed()
	head, err := json.Marshal(header{w.Heads, w.Settings, len(w.Features), w.Width, w.Unknown, unit})
	if err != nil {
		return nil, fmt.Errorf("writing a network's header: %w", err)
	}
	var b bytes.Buffer
	b.WriteString(magic)
	inverse := make([]byte, len(w.Inverse))
	for i, weight := range w.Inverse {
		inverse[i] = twentieths(weight)
	}
	for _, part := range []any{uint32(len(head)), head, w.Features, w.Bias, w.Output, w.Offset, inverse, factors, rows} {
		if err := binary.Write(&b, binary.LittleEndian, part); err != nil {
			return nil, fmt.Errorf("writing a network: %w", err)
		}
	}
	return b.Bytes(), nil
}

// ErrNoNetwork says that a file is no network, or only a part of one.
var ErrNoNetwork = errors.New("not a network")

// Decode reads the file of a network, which must not be changed afterwards:
// its rows are used where they lie.
func Decode(file []byte) (*Network, error) {
	rest, ok := bytes.CutPrefix(file, []byte(magic))
	if !ok || len(rest) < 4 {
		return nil, ErrNoNetwork
	}
	long := uint64(binary.LittleEndian.Uint32(rest))
	if rest = rest[4:]; long > uint64(len(rest)) {
		return nil, ErrNoNetwork
	}
	var h header
	if err := json.Unmarshal(rest[:long], &h); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrNoNetwork, err)
	}
	rest = rest[long:]
	answers := labels(h.Heads)
	const most = 1 << 20 // of anything, so that no product of two is too large
	if h.Features < 0 || h.Width < places || h.Width%places != 0 || answers < 1 || h.Features > most || h.Width > widest || answers > most ||
		len(rest) != 4*(h.Features+h.Width+answers*h.Width+answers)+h.Features*(2+h.Width/4) {
		return nil, ErrNoNetwork
	}
	features := uints(&rest, h.Features)
	bias, output, offset := floats(&rest, h.Width), floats(&rest, answers*h.Width), floats(&rest, answers)
	inverse, factors, rows := rest[:h.Features], rest[h.Features:2*h.Features], rest[2*h.Features:]
	return newNetwork(h, features, inverse, factors, bias, output, offset, rows), nil
}

// uints takes n numbers from the beginning of rest.
func uints(rest *[]byte, n int) []uint32 {
	out := make([]uint32, n)
	for i := range out {
		out[i] = binary.LittleEndian.Uint32((*rest)[4*i:])
	}
	*rest = (*rest)[4*n:]
	return out
}

func floats(rest *[]byte, n int) []float32 {
	out := make([]float32, n)
	for i := range out {
		out[i] = math.Float32frombits(binary.LittleEndian.Uint32((*rest)[4*i:]))
	}
	*rest = (*rest)[4*n:]
	return out
}
