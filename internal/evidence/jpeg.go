package evidence

import (
	"bytes"
	"encoding/binary"

	"parley/gateway"
)

// JPEG markers (ITU-T T.81 table B.1).
const (
	markStart   = 0xd8
	markEnd     = 0xd9
	markScan    = 0xda
	markComment = 0xfe
	markApp0    = 0xe0 // JFIF
	markApp1    = 0xe1 // Exif and XMP
	markApp2    = 0xe2 // colour profiles, and other pictures
	markApp14   = 0xee // Adobe: how colours are to be read
	markApp15   = 0xef
	markRestart = 0xd0 // to 0xd7, within a scan
)

// cleanJPEG writes a JPEG with the segments that its picture needs and none
// that tell of anything else. Its orientation is kept in an Exif segment of
// our own. What follows the picture is left out.
func cleanJPEG(raw []byte) ([]byte, error) {
	clean := make([]byte, 0, len(raw))
	clean = append(clean, 0xff, markStart)
	var orientation uint16
	at, wrote := 2, false
	for {
		mark, start, end, ok := nextSegment(raw, at)
		if !ok {
			return nil, gateway.ErrFileUnreadable
		}
		content := raw[start:end]
		switch {
		case mark == markEnd:
			return append(clean, 0xff, markEnd), nil
		case mark == markApp1:
			if o := orientationOf(content); o != 0 {
				orientation = o
			}
		case !keepsSegment(mark, content):
		default:
			if mark != markApp0 && !wrote && orientation != 0 { // before the picture, after JFIF
				clean, wrote = appendOrientation(clean, orientation), true
			}
			clean = appendSegment(clean, mark, content)
		}
		at = end
		if mark == markScan {
			at = endOfScan(raw, end)
			clean = append(clean, raw[end:at]...)
		}
	}
}

// keepsSegment reports whether a picture needs a segment.
func keepsSegment(mark byte, content []byte) bool {
	switch {
	case mark == markApp0, mark == markApp14:
		return true
	case mark == markApp2:
		return bytes.HasPrefix(content, []byte("ICC_PROFILE\x00"))
	case mark > markApp0 && mark <= markApp15, mark == markComment:
		return false
	}
	return true
}

// nextSegment finds the segment that begins at a place: its marker and where
// its content is. Fill bytes may stand before a marker (B.1.1.2).
func nextSegment(raw []byte, at int) (mark byte, start, end int, ok bool) {
	if at >= len(raw) || raw[at] != 0xff {
		return 0, 0, 0, false
	}
	for at < len(raw) && raw[at] == 0xff {
		at++
	}
	if at >= len(raw) {
		return 0, 0, 0, false
	}
	mark, start = raw[at], at+1
	if mark == markEnd {
		return mark, start, start, true
	}
	if mark == 0 || mark == markStart || mark >= markRestart && mark < markStart || start+2 > len(raw) {
		return 0, 0, 0, false
	}
	length := int(binary.BigEndian.Uint16(raw[start:]))
	if length < 2 || start+length > len(raw) {
		return 0, 0, 0, false
	}
	return mark, start + 2, start + length, true
}

func appendSegment(b []byte, mark byte, content []byte) []byte {
	b = append(b, 0xff, mark)
	b = binary.BigEndian.AppendUint16(b, uint16(len(content)+2))
	return append(b, content...)
}

// endOfScan is where the entropy-coded data ends that begins at a place: at a
// marker other than a restart. A zero after 0xff is data (B.1.1.5).
func endOfScan(raw []byte, at int) int {
	for {
		i := bytes.IndexByte(raw[at:], 0xff)
		if i < 0 || at+i+1 >= len(raw) {
			return len(raw)
		}
		at += i
		if next := raw[at+1]; next != 0 && (next < markRestart || next >= markStart) {
			return at
		}
		at += 2
	}
}

// The orientation of a picture in Exif (Exif 2.32 section 4.6.4, tag 0x0112):
// 1 is as it is, 2 to 8 are turned or mirrored.
const (
	orientationTag = 0x0112
	shortType      = 3
)

var exifHeader = []byte("Exif\x00\x00")

// orientationOf reads the orientation out of an Exif segment; 0 when there is
// none, or nothing to turn.
func orientationOf(content []byte) uint16 {
	tiff, isExif := bytes.CutPrefix(content, exifHeader)
	if !isExif || len(tiff) < 8 {
		return 0
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	directory := int64(order.Uint32(tiff[4:]))
	if directory+2 > int64(len(tiff)) {
		return 0
	}
	entries := tiff[directory+2:]
	for n := order.Uint16(tiff[directory:]); n > 0 && len(entries) >= 12; n-- {
		if order.Uint16(entries) == orientationTag && order.Uint16(entries[2:]) == shortType {
			if o := order.Uint16(entries[8:]); o > 1 && o <= 8 {
				return o
			}
			return 0
		}
		entries = entries[12:]
	}
	return 0
}

// appendOrientation writes an Exif segment that holds nothing else.
func appendOrientation(b []byte, orientation uint16) []byte {
	content := append(bytes.Clone(exifHeader), "MM\x00\x2a\x00\x00\x00\x08\x00\x01"...)
	content = binary.BigEndian.AppendUint16(content, orientationTag)
	content = binary.BigEndian.AppendUint16(content, shortType)
	content = binary.BigEndian.AppendUint32(content, 1)
	content = binary.BigEndian.AppendUint16(content, orientation)
	content = append(content, 0, 0, 0, 0, 0, 0) // padding, and no further directory
	return appendSegment(b, markApp1, content)
}
