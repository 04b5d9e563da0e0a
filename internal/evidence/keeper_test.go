package evidence_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"parley/gateway"
	"parley/gateway/directory"
	"parley/internal/evidence"
	"parley/internal/servertest"
)

var at = time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)

// known is what is known of files, in memory.
type known struct {
	mu    sync.Mutex
	files map[gateway.FileID]gateway.File
	err   error
}

func (k *known) KeepFile(_ context.Context, f gateway.File) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.err == nil {
		k.files[f.ID] = f
	}
	return k.err
}

func (k *known) FilesOf(context.Context, directory.PersonID, int) ([]gateway.File, error) {
	return nil, nil
}

func (k *known) File(_ context.Context, id gateway.FileID) (gateway.File, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if f, ok := k.files[id]; ok {
		return f, nil
	}
	return gateway.File{}, gateway.ErrNotFound
}

type house struct {
	*evidence.Keeper
	dir   string
	known *known
}

func newHouse(t testing.TB, scanner evidence.Scanner) *house {
	t.Helper()
	h := &house{dir: t.TempDir(), known: &known{files: map[gateway.FileID]gateway.File{}}}
	n := 0
	keeper, err := evidence.New(evidence.Config{
		Dir: h.dir, Secret: bytes.Repeat([]byte("s"), 32), Files: h.known, Clock: func() time.Time { return at },
		NewID: func() string { n++; return "F" + strconv.Itoa(n) }, Scanner: scanner, Largest: 1 << 20,
	})
	if err != nil {
		t.Fatal(err)
	}
	h.Keeper = keeper
	return h
}

var visitor = gateway.Address{Channel: directory.WebChat, Value: "V1"}

func (h *house) take(t testing.TB, name string, content []byte) (gateway.File, error) {
	t.Helper()
	return h.Take(t.Context(), visitor, "P1", name, bytes.NewReader(content))
}

// kept are the bytes as they would be given back.
func (h *house) kept(t testing.TB, id gateway.FileID) []byte {
	t.Helper()
	_, content, err := h.Open(t.Context(), id, "P1")
	if err != nil {
		t.Fatal(err)
	}
	defer content.Close()
	b, err := io.ReadAll(content)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func picture() image.Image {
	m := image.NewRGBA(image.Rect(0, 0, 40, 30))
	for x := range 40 {
		for y := range 30 {
			m.Set(x, y, color.RGBA{uint8(x * 6), uint8(y * 8), 90, 255})
		}
	}
	return m
}

func aJPEG(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, picture(), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func aPNG(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, picture()); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const aPDF = "%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"

func TestFilesAreWhatTheirBytesAre(t *testing.T) {
	h := newHouse(t, nil)
	for _, c := range []struct {
		name    string
		content []byte
		want    string
		err     error
	}{
		{"payslip.jpg", aJPEG(t), "image/jpeg", nil},
		{"payslip.exe", aJPEG(t), "image/jpeg", nil},
		{"scan.png", aPNG(t), "image/png", nil},
		{"letter.pdf", []byte(aPDF), "application/pdf", nil},
		{"payslip.jpg", []byte("<html><script>alert(1)</script>"), "", gateway.ErrFileKind},
		{"payslip.jpg", []byte("MZ\x90\x00"), "", gateway.ErrFileKind},
		{"drawing.svg", []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`), "", gateway.ErrFileKind},
		{"a.gif", []byte("GIF89a"), "", gateway.ErrFileKind},
		{"letter.pdf", []byte("%PDF-1.4 with no end"), "", gateway.ErrFileKind},
		{"page.pdf", []byte("<html><script>alert(1)</script>" + aPDF), "", gateway.ErrFileKind},
		{"empty", nil, "", gateway.ErrFileKind},
		{"cut.jpg", aJPEG(t)[:200], "", gateway.ErrFileUnreadable},
		{"cut.png", aPNG(t)[:60], "", gateway.ErrFileUnreadable},
		{"markers.jpg", []byte("\xff\xd8\xff\xd9"), "", gateway.ErrFileUnreadable},
		{"large.pdf", append([]byte(aPDF), make([]byte, 1<<20)...), "", gateway.ErrFileTooLarge},
	} {
		f, err := h.take(t, c.name, c.content)
		if !errors.Is(err, c.err) || f.Type != c.want {
			t.Errorf("%s: %q, %v; want %q, %v", c.name, f.Type, err, c.want, c.err)
		}
		if err == nil && f.Size != int64(len(h.kept(t, f.ID))) {
			t.Errorf("%s: %d bytes are said to be kept", c.name, f.Size)
		}
	}
}

// withSegment puts a segment after the start of a JPEG.
func withSegment(jpeg []byte, mark byte, content string) []byte {
	length := len(content) + 2
	segment := append([]byte{0xff, mark, byte(length >> 8), byte(length)}, content...)
	return bytes.Join([][]byte{jpeg[:2], segment, jpeg[2:]}, nil)
}

// exif is an Exif segment with an orientation and, after it, where it was taken.
func exif(orientation byte) string {
	return "Exif\x00\x00II\x2a\x00\x08\x00\x00\x00\x02\x00" +
		"\x12\x01\x03\x00\x01\x00\x00\x00" + string(rune(orientation)) + "\x00\x00\x00" +
		"\x25\x88\x04\x00\x01\x00\x00\x00\x26\x00\x00\x00" + "\x00\x00\x00\x00GPS 53.8008 N"
}

// A photo says what is on it, which way up it is, and nothing else.
func TestPhotosTellNothingBesideThePicture(t *testing.T) {
	h := newHouse(t, nil)
	plain := aJPEG(t)
	told := withSegment(plain, 0xe1, exif(6))
	told = withSegment(told, 0xe1, "http://ns.adobe.com/xap/1.0/\x00<x:xmpmeta>taken by Sam</x:xmpmeta>")
	told = withSegment(told, 0xed, "Photoshop 3.0\x00 taken at home")
	told = withSegment(told, 0xfe, "a comment by Sam")
	told = append(told, "hidden after the picture, by Sam, GPS"...)
	f, err := h.take(t, "p.jpg", told)
	if err != nil {
		t.Fatal(err)
	}
	kept := h.kept(t, f.ID)
	for _, secret := range []string{"GPS", "Sam", "home", "xap"} {
		if bytes.Contains(kept, []byte(secret)) {
			t.Errorf("the kept photo holds %q", secret)
		}
	}
	if !bytes.Contains(kept, []byte("\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06")) {
		t.Error("it no longer says which way up it is")
	}
	samePicture(t, plain, kept)

	texts := aPNG(t)
	at := 8 + 25 // after the signature and IHDR
	chunk := []byte("\x00\x00\x00\x0btEXtAuthor\x00Sam!\x00\x00\x00\x00")
	sum := crc(chunk[4 : len(chunk)-4])
	copy(chunk[len(chunk)-4:], sum)
	f, err = h.take(t, "p.png", append(bytes.Join([][]byte{texts[:at], chunk, texts[at:]}, nil), "more by Sam"...))
	if err != nil {
		t.Fatal(err)
	}
	if kept := h.kept(t, f.ID); !bytes.Equal(kept, texts) {
		t.Errorf("the kept PNG is other than the picture: %q", kept)
	}
}

func samePicture(t *testing.T, a, b []byte) {
	t.Helper()
	one, _, err := image.Decode(bytes.NewReader(a))
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := image.Decode(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	for x := range 40 {
		for y := range 30 {
			if one.At(x, y) != other.At(x, y) {
				t.Fatalf("the picture is another at %d, %d", x, y)
			}
		}
	}
}

func TestAPictureThatUnfoldsIntoTooMuchIsRefused(t *testing.T) {
	bomb := aPNG(t)
	copy(bomb[16:24], "\x00\x01\x00\x00\x00\x01\x00\x00") // 65,536 by 65,536
	copy(bomb[29:33], crc(bomb[12:29]))
	if _, err := newHouse(t, nil).take(t, "p.png", bomb); !errors.Is(err, gateway.ErrFileTooLarge) {
		t.Errorf("refused with %v", err)
	}
}

// A file opens for whoever sent it and for nobody else; the folder tells
// nothing.
func TestFilesOpenForTheirSender(t *testing.T) {
	h := newHouse(t, nil)
	f, err := h.take(t, `C:\Sam\..\pay/slip`+"\x00\u202e.pdf", []byte(aPDF))
	if err != nil {
		t.Fatal(err)
	}
	if f.Name != "slip.pdf" || f.Person != "P1" || f.From != visitor || !f.At.Equal(at) || f.Scanned != "" {
		t.Errorf("known: %+v", f)
	}
	for _, other := range []directory.PersonID{"R1", ""} {
		if _, _, err := h.Open(t.Context(), f.ID, other); !errors.Is(err, gateway.ErrNotFound) {
			t.Errorf("it opens for %q: %v", other, err)
		}
	}
	if _, _, err := h.Open(t.Context(), "F9", "P1"); !errors.Is(err, gateway.ErrNotFound) {
		t.Errorf("no such file: %v", err)
	}
	var files []string
	_ = filepath.WalkDir(h.dir, func(path string, d fs.DirEntry, _ error) error {
		if !d.IsDir() {
			files = append(files, path)
		}
		return nil
	})
	if len(files) != 1 {
		t.Fatalf("the folder holds %q", files)
	}
	content, err := os.ReadFile(files[0])
	if err != nil || bytes.Contains(content, []byte("PDF")) || strings.Contains(files[0], "F1") {
		t.Errorf("the folder tells of it: %s", files[0])
	}
	content[len(content)/2] ^= 1
	if err := os.WriteFile(files[0], content, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, _, err := h.Open(t.Context(), f.ID, "P1"); err == nil {
		t.Error("a changed file opens")
	}
}

func TestAFileThatTheStoreDoesNotTakeLeavesNothing(t *testing.T) {
	h := newHouse(t, nil)
	h.known.err = errors.New("away")
	if _, err := h.take(t, "a.pdf", []byte(aPDF)); err == nil {
		t.Fatal("taken")
	}
	left, _ := filepath.Glob(filepath.Join(h.dir, "*", "*"))
	if len(left) > 0 {
		t.Errorf("left %q", left)
	}
}

// A real clamd: what it finds is refused, what it does not is kept, and while
// it is away nothing is.
func TestFilesAreScanned(t *testing.T) {
	clamd := evidence.Clamd{Network: "tcp", Address: servertest.StartClamd(t)}
	h := newHouse(t, clamd)
	if f, err := h.take(t, "a.pdf", []byte(aPDF)); err != nil || f.Scanned != "clamd" {
		t.Errorf("clean: %+v, %v", f, err)
	}
	infected := strings.Replace(aPDF, "trailer", servertest.VirusForTests+" trailer", 1)
	if _, err := h.take(t, "a.pdf", []byte(infected)); !errors.Is(err, gateway.ErrFileInfected) {
		t.Errorf("infected: %v", err)
	}
	hidden := append(aJPEG(t), servertest.VirusForTests...) // after the picture, where it would be left out
	if _, err := h.take(t, "a.jpg", hidden); !errors.Is(err, gateway.ErrFileInfected) {
		t.Errorf("infected beside the picture: %v", err)
	}
	if _, err := clamd.Scan(t.Context(), make([]byte, 2<<20)); err == nil || errors.Is(err, gateway.ErrFileInfected) {
		t.Errorf("larger than clamd takes: %v", err)
	}
	away := newHouse(t, evidence.Clamd{Network: "tcp", Address: "127.0.0.1:1"})
	if _, err := away.take(t, "a.pdf", []byte(aPDF)); err == nil || len(away.known.files) > 0 {
		t.Errorf("kept unscanned: %v", err)
	}
}

// FuzzAnyFile: whatever is sent is refused with words or kept so that it opens,
// and what is kept is accepted again, unchanged.
func FuzzAnyFile(f *testing.F) {
	f.Add(aJPEG(f))
	f.Add(withSegment(aJPEG(f), 0xe1, exif(3)))
	f.Add(aPNG(f))
	f.Add([]byte(aPDF))
	f.Fuzz(func(t *testing.T, content []byte) {
		h := newHouse(t, nil)
		first, err := h.take(t, "x", content)
		if err != nil {
			return
		}
		kept := h.kept(t, first.ID)
		again, err := h.take(t, "x", kept)
		if err != nil || !bytes.Equal(h.kept(t, again.ID), kept) {
			t.Errorf("what was kept is taken another way: %v", err)
		}
	})
}
