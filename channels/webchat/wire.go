package webchat

import (
	"errors"
	"net/http"
)

// upgrader turns requests into lines.
func upgrader(Config) func(http.ResponseWriter, *http.Request) (line, error) {
	return func(w http.ResponseWriter, _ *http.Request) (line, error) {
		http.Error(w, "there are no live connections here", http.StatusNotImplemented)
		return nil, errors.New("there are no live connections here")
	}
}
