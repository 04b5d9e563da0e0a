package evidence

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"net"
	"strings"
	"time"

	"parley/gateway"
)

// Clamd scans files with ClamAV's daemon, by its INSTREAM command (clamd(8)).
type Clamd struct {
	Network string // "tcp" or "unix"
	Address string
	Timeout time.Duration // of one file; zero is 30 seconds
}

var _ Scanner = Clamd{}

// clamdChunk is how much is sent at once. clamd bounds the sum (StreamMaxLength,
// 25 MB unless set), not the chunk.
const clamdChunk = 64 << 10

// errScanner says that clamd could not look at a file.
var errScanner = errors.New("the virus scanner did not scan the file")

// Scan implements Scanner.
func (c Clamd) Scan(ctx context.Context, content []byte) (string, error) {
	timeout := c.Timeout
	if timeout == 0 {
		timeout = 30 * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, c.Network, c.Address)
	if err != nil {
		return "", fmt.Errorf("reaching clamd: %w", err)
	}
	defer conn.Close()
	if end, ok := ctx.Deadline(); ok {
		if err := conn.SetDeadline(end); err != nil {
			return "", fmt.Errorf("reaching clamd: %w", err)
		}
	}
	if err := stream(conn, content); err != nil { // it may have answered, and stopped listening
		if answer, failed := bufio.NewReader(conn).ReadString(0); failed == nil {
			return judge(answer)
		}
		return "", fmt.Errorf("sending to clamd: %w", err)
	}
	answer, err := bufio.NewReader(conn).ReadString(0)
	if err != nil {
		return "", fmt.Errorf("reading clamd's answer: %w", err)
	}
	return judge(answer)
}

// stream sends a file: chunks, each with its length before it, and one of
// length zero.
func stream(conn net.Conn, content []byte) error {
	w := bufio.NewWriterSize(conn, clamdChunk+4)
	_, _ = w.WriteString("zINSTREAM\x00") // Flush tells whether anything failed
	var length [4]byte
	for len(content) > 0 {
		n := min(len(content), clamdChunk)
		binary.BigEndian.PutUint32(length[:], uint32(n))
		_, _ = w.Write(length[:])
		_, _ = w.Write(content[:n])
		content = content[n:]
	}
	_, _ = w.Write([]byte{0, 0, 0, 0})
	return w.Flush()
}

// judge reads "stream: OK", "stream: NAME FOUND" or an error.
func judge(answer string) (string, error) {
	answer = strings.TrimRight(answer, "\x00\n")
	switch {
	case answer == "stream: OK":
		return "clamd", nil
	case strings.HasSuffix(answer, " FOUND"):
		return "", gateway.ErrFileInfected
	}
	return "", fmt.Errorf("%w: %s", errScanner, answer)
}
