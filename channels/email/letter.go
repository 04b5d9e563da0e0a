package email

import (
	"bytes"
	"errors"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/charset"
	"golang.org/x/text/encoding/charmap"
)

// Bounds of what is read of a message. Real ones are far within them.
const (
	maxDepth  = 10       // of parts within parts
	maxParts  = 100      // of one message
	maxHeader = 64 << 10 // bytes of one header
	maxFiles  = 20       // that are taken as evidence

	// A picture that a page shows is decoration, like the logo in a signature,
	// unless it is larger than logos are.
	maxDecoration = 20 << 10
)

// letter is what a message holds: its words as plain text, in which quoted
// lines begin with ">", and its files.
type letter struct {
	text  string
	files []attachment
	lost  int // files that could not be read
	parts int
}

// attachment is a file as its sender sent it.
type attachment struct {
	name    string // without any path
	content []byte
}

// errMalformed is a message that cannot be read.
var errMalformed = errors.New("malformed message")

// readMessage reads a message's header; its parts follow when they are read.
// Parts in an unknown character set or encoding come as they are.
func readMessage(content []byte) (*message.Entity, error) {
	return known(message.ReadWithOptions(bytes.NewReader(content), &message.ReadOptions{MaxHeaderBytes: maxHeader}))
}

// known lets parts pass whose character set is unknown: decode reads them.
func known(entity *message.Entity, err error) (*message.Entity, error) {
	if message.IsUnknownCharset(err) || message.IsUnknownEncoding(err) {
		err = nil
	}
	if err == nil && entity == nil {
		err = errMalformed
	}
	return entity, err
}

// readLetter reads all of a message.
func readLetter(entity *message.Entity) letter {
	var l letter
	l.text = l.read(entity, 0, false)
	return l
}

// read adds an entity and what it is made of, and returns its words.
func (l *letter) read(entity *message.Entity, depth int, related bool) string {
	l.parts++
	if depth > maxDepth || l.parts > maxParts {
		l.lost++
		return ""
	}
	kind, parameters, err := entity.Header.ContentType()
	if err != nil {
		kind = "text/plain"
	}
	if parts := entity.MultipartReader(); parts != nil && parameters["boundary"] != "" {
		return l.readParts(parts, kind, depth)
	}
	disposition, _, _ := entity.Header.ContentDisposition()
	isText := kind == "text/plain" || kind == "text/html" || strings.HasPrefix(kind, "multipart/") // one that cannot be told apart
	switch {
	case isText && disposition != "attachment":
		return readWords(entity, kind, parameters)
	case strings.HasSuffix(kind, "-signature"): // of PGP and S/MIME (RFC 1847): of no use to us
		return ""
	}
	l.addFile(entity, related && strings.HasPrefix(kind, "image/"))
	return ""
}

// readParts reads the parts of a multipart: of alternatives the plainest that
// has any words, else all of them one after the other.
func (l *letter) readParts(parts message.MultipartReader, kind string, depth int) string {
	var words []string
	for {
		part, err := known(parts.NextPart())
		if err != nil { // its end, or where it is cut off
			break
		}
		text := l.read(part, depth+1, kind == "multipart/related")
		if strings.TrimSpace(text) != "" {
			words = append(words, text)
		}
		if l.parts > maxParts {
			break
		}
	}
	if len(words) == 0 {
		return ""
	}
	if kind == "multipart/alternative" { // RFC 2046 section 5.1.4: plainest first
		return words[0]
	}
	return strings.Join(words, "\n\n")
}

// addFile takes an attachment. One whose bytes cannot be decoded is lost.
func (l *letter) addFile(entity *message.Entity, shown bool) {
	content, err := io.ReadAll(entity.Body)
	switch {
	case shown && len(content) < maxDecoration:
	case err != nil || len(content) == 0 || len(l.files) == maxFiles:
		l.lost++
	default:
		l.files = append(l.files, attachment{fileName(entity), content})
	}
}

func fileName(entity *message.Entity) string {
	_, parameters, _ := entity.Header.ContentDisposition()
	name := parameters["filename"]
	if name == "" {
		_, parameters, _ = entity.Header.ContentType()
		name = parameters["name"]
	}
	name = path.Base(strings.ReplaceAll(name, `\`, "/"))
	if name == "." || name == "/" {
		return "attachment"
	}
	return strings.ToValidUTF8(name, "\uFFFD")
}

// readWords reads a part that is text, as plain text.
func readWords(entity *message.Entity, kind string, parameters map[string]string) string {
	content, _ := io.ReadAll(entity.Body) // what there is of a part that breaks off
	text := strings.ReplaceAll(decode(content, parameters["charset"]), "\r\n", "\n")
	switch {
	case kind == "text/html":
		return pageText(text)
	case strings.EqualFold(parameters["format"], "flowed"):
		return unflow(text, strings.EqualFold(parameters["delsp"], "yes"))
	}
	return text
}

// decode makes UTF-8 of what the MIME library left as it was: bytes in no known
// character set, or not in the one that they are said to be in. Such mail is
// nearly always from Windows.
func decode(content []byte, name string) string {
	if utf8.Valid(content) {
		return string(content)
	}
	if reader, err := charset.Reader(name, bytes.NewReader(content)); err == nil && !strings.EqualFold(name, "utf-8") {
		if text, err := io.ReadAll(reader); err == nil {
			return strings.ToValidUTF8(string(text), "\uFFFD")
		}
	}
	text, err := charmap.Windows1252.NewDecoder().Bytes(content)
	if err != nil {
		return strings.ToValidUTF8(string(content), "\uFFFD")
	}
	return string(text)
}

// unflow joins the lines that a writer's program broke (RFC 3676 section 4.2).
func unflow(text string, deleteSpace bool) string {
	var b strings.Builder
	open, depth := false, 0 // whether the last line goes on, and how deep it is quoted
	for line := range strings.SplitSeq(text, "\n") {
		marks := len(line) - len(strings.TrimLeft(line, ">"))
		words := strings.TrimPrefix(line[marks:], " ") // stuffed, section 4.4
		switch {
		case open && marks == depth && words != "-- " && words != "":
		case b.Len() > 0 || open:
			b.WriteByte('\n')
			fallthrough
		default:
			if marks > 0 {
				b.WriteString(strings.Repeat(">", marks) + " ")
			}
		}
		open, depth = strings.HasSuffix(words, " ") && words != "-- ", marks
		if open && deleteSpace {
			words = strings.TrimSuffix(words, " ")
		}
		b.WriteString(words)
	}
	return b.String()
}
