package webchat

import (
	_ "embed"
	"net/http"
	"strings"
)

//go:embed embed.js
var embedScript string

// embed answers with the script that puts the chat into another site's page:
//
//	<script src="https://chat.example/chat/embed.js" async></script>
//
// It makes a frame of the chat where it stands. Which sites' pages may hold
// that frame is for the page in it to say (frame-ancestors).
func (d *door) embed(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=3600")
	w.Header().Set("Cross-Origin-Resource-Policy", "cross-origin")
	_, _ = w.Write([]byte(strings.ReplaceAll(embedScript, "{ADDRESS}", d.config.PublicURL+"/chat"))) // the browser may have gone
}
