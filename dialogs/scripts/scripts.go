// Package scripts holds Parley's own dialogs, one folder for each: the script
// with its English words (dialog.yaml), the same words in Welsh (cy.yaml), and
// the conversations that must come out exactly so (transcripts.txt).
package scripts

import "embed"

// FS holds every dialog's folder.
//
//go:embed */*.yaml */*.txt
var FS embed.FS
