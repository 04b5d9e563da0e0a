package evidence_test

import (
	"encoding/binary"
	"hash/crc32"
)

// crc is the checksum of a PNG chunk's name and content.
func crc(named []byte) []byte {
	return binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE(named))
}
