package telemetry_test

import (
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"os"
	"strings"
	"time"

	"parley/internal/telemetry"
)

func ExampleNewLogger() {
	logger := telemetry.NewLogger(withoutTime{}, slog.LevelInfo)
	logger.Info("message refused",
		"message", "0190a3c2-7b1e-7123-8123-412345678901",
		"code", 21610,
		"to", "+447700900123",
		"error", errors.New("send to +447700900123: opted out"))
	// Output:
	// {"level":"INFO","msg":"message refused","message":"0190a3c2-7b1e-7123-8123-412345678901","code":21610,"to":"[redacted]","error":"send to +[redacted]: opted out"}
}

func ExampleMetrics() {
	metrics := telemetry.NewMetrics()
	metrics.TurnCommitted("income-change", "reported", 4*time.Millisecond)

	answer := httptest.NewRecorder()
	metrics.Handler().ServeHTTP(answer, httptest.NewRequest("GET", "/metrics", nil))
	for line := range strings.Lines(answer.Body.String()) {
		if strings.HasPrefix(line, "parley_turns_total") {
			fmt.Print(line)
		}
	}
	// Output:
	// parley_turns_total{dialog="income-change",outcome="reported"} 1
}

// withoutTime prints lines of the log without the time, which no example has.
type withoutTime struct{}

func (withoutTime) Write(line []byte) (int, error) {
	_, rest, _ := strings.Cut(string(line), ",")
	_, err := fmt.Fprint(os.Stdout, "{", rest)
	return len(line), err
}
