package voice

import (
	"bytes"
	"encoding/binary"
	"math"
	"net/http"
	"sync"
	"time"
)

// rate is that of the telephone network, in samples a second.
const rate = 8000

// ringingTone is one round of the ringing tone of the United Kingdom: 400 and
// 450 Hz, 0.4 s on, 0.2 s off, 0.4 s on, 2 s off (ITU-T E.180 supplement 2), as
// a WAV file of 16-bit samples.
var ringingTone = sync.OnceValue(func() []byte {
	samples := make([]int16, 3*rate)
	for i := range samples {
		t := float64(i) / rate
		if t < 0.4 || t >= 0.6 && t < 1 {
			samples[i] = int16(4000 * (math.Sin(2*math.Pi*400*t) + math.Sin(2*math.Pi*450*t)))
		}
	}
	size := uint32(2 * len(samples))
	var b bytes.Buffer
	for _, part := range []any{
		[]byte("RIFF"), 36 + size, []byte("WAVEfmt "), uint32(16), uint16(1), uint16(1), uint32(rate), uint32(2 * rate), uint16(2), uint16(16),
		[]byte("data"), size, samples,
	} {
		_ = binary.Write(&b, binary.LittleEndian, part) // a buffer takes it all
	}
	return b.Bytes()
})

// ringing serves the tone, which tells nobody anything: Twilio may keep it.
func ringing(rw http.ResponseWriter, r *http.Request) {
	rw.Header().Set("Content-Type", "audio/wav")
	rw.Header().Set("Cache-Control", "public, max-age=86400")
	http.ServeContent(rw, r, "", time.Time{}, bytes.NewReader(ringingTone()))
}
