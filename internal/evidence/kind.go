package evidence

import (
	"bytes"
	"image"
	_ "image/jpeg" // the kinds of pictures that are taken
	_ "image/png"

	"parley/gateway"
)

// The types that are taken.
const (
	jpegType = "image/jpeg"
	pngType  = "image/png"
	pdfType  = "application/pdf"
)

// mostPixels is how large a picture may be when it is opened: a small file can
// unfold into gigabytes.
const mostPixels = 100_000_000

// accept finds out what a file is, and returns it as it is to be kept.
func accept(raw []byte) (kind string, clean []byte, err error) {
	switch {
	case bytes.HasPrefix(raw, []byte("\xff\xd8\xff")):
		kind = jpegType
		clean, err = cleanJPEG(raw)
	case bytes.HasPrefix(raw, pngSignature):
		kind = pngType
		clean, err = cleanPNG(raw)
	case isPDF(raw):
		return pdfType, raw, nil
	default:
		return "", nil, gateway.ErrFileKind
	}
	if err != nil {
		return "", nil, err
	}
	size, _, err := image.DecodeConfig(bytes.NewReader(clean))
	if err != nil || size.Width <= 0 || size.Height <= 0 {
		return "", nil, gateway.ErrFileUnreadable
	}
	if int64(size.Width)*int64(size.Height) > mostPixels {
		return "", nil, gateway.ErrFileTooLarge
	}
	return kind, clean, nil
}

// isPDF reports whether a file begins as a PDF does (ISO 32000-1 section 7.5.2)
// and has the mark of its end (7.5.5) somewhere in its last kilobyte, as
// readers look for it.
func isPDF(raw []byte) bool {
	return bytes.HasPrefix(raw, []byte("%PDF-")) && bytes.Contains(raw[max(0, len(raw)-1024):], []byte("%%EOF"))
}
