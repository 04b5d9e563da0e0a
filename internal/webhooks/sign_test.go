package webhooks_test

import (
	"encoding/base64"
	"fmt"
	"strings"
	"testing"
	"time"

	"parley/internal/webhooks"
)

const (
	published = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw" // of Standard Webhooks' own tests
	another   = "whsec_YW5vdGhlciBzZWNyZXQgb2YgMzIgYnl0ZXMgb3Igc28="
)

func secret(t testing.TB, text string) webhooks.Secret {
	t.Helper()
	s, err := webhooks.ReadSecret(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// The vector is that of Standard Webhooks' libraries. While secrets change, each
// signs, and a receiver finds its own by any.
func TestSign(t *testing.T) {
	const vector = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
	id, at, body := "msg_p5jXN8AQM9LWM0D4loKWxJek", time.Unix(1614265330, 0), []byte(`{"test": 2432232314}`)
	if got := webhooks.Sign([]webhooks.Secret{secret(t, published)}, id, at, body); got != vector {
		t.Errorf("one secret: %q", got)
	}
	both := strings.Fields(webhooks.Sign([]webhooks.Secret{secret(t, another), secret(t, published)}, id, at, body))
	if len(both) != 2 || both[1] != vector || both[0] == vector || !strings.HasPrefix(both[0], "v1,") {
		t.Errorf("two secrets: %q", both)
	}
}

func TestReadSecret(t *testing.T) {
	of := func(bytes int) string {
		return "whsec_" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("k", bytes)))
	}
	for _, c := range []struct {
		text string
		ok   bool
	}{
		{published, true}, {of(24), true}, {of(64), true},
		{of(23), false}, {of(65), false}, {"", false}, {"whsec_", false}, {strings.TrimPrefix(published, "whsec_"), false}, {published + "!", false},
	} {
		s, err := webhooks.ReadSecret(c.text)
		if (err == nil) != c.ok {
			t.Errorf("%q: %v", c.text, err)
		}
		if err != nil && c.text != "" && c.text != "whsec_" && strings.Contains(err.Error(), c.text) {
			t.Errorf("the error tells the secret: %v", err)
		}
		for _, shown := range []string{fmt.Sprint(s), fmt.Sprintf("%+v", []webhooks.Secret{s}), fmt.Sprintf("%#v", s)} {
			if strings.Contains(shown, "kkk") || strings.Contains(shown, "107") {
				t.Errorf("it shows as %s", shown)
			}
		}
	}
}
