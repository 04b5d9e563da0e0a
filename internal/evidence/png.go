package evidence

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"slices"

	"parley/gateway"
)

var pngSignature = []byte("\x89PNG\r\n\x1a\n")

// pngKept are the chunks that a picture needs (PNG section 11): the critical
// ones, and those that say how its colours are meant.
var pngKept = []string{"IHDR", "PLTE", "IDAT", "IEND", "tRNS", "cHRM", "gAMA", "iCCP", "sBIT", "sRGB", "cICP", "bKGD"}

// cleanPNG writes a PNG without its texts, times, Exif and private chunks, and
// without what follows it.
func cleanPNG(raw []byte) ([]byte, error) {
	clean := append(make([]byte, 0, len(raw)), pngSignature...)
	for at := len(pngSignature); ; {
		if at+12 > len(raw) {
			return nil, gateway.ErrFileUnreadable
		}
		length := int64(binary.BigEndian.Uint32(raw[at:]))
		end := int64(at) + 12 + length
		if end > int64(len(raw)) {
			return nil, gateway.ErrFileUnreadable
		}
		chunk := raw[at:end]
		named := chunk[4 : 8+length]
		if crc32.ChecksumIEEE(named) != binary.BigEndian.Uint32(chunk[8+length:]) {
			return nil, gateway.ErrFileUnreadable
		}
		if name := string(chunk[4:8]); slices.Contains(pngKept, name) {
			clean = append(clean, chunk...)
		}
		if bytes.Equal(chunk[4:8], []byte("IEND")) {
			return clean, nil
		}
		at = int(end)
	}
}
