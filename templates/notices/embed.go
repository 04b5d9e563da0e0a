package notices

import "embed"

// FS holds the service's own notices, a folder each.
//
//go:embed */notice.yaml */en.md */cy.md
var FS embed.FS
