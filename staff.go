package main

import (
	_ "embed"
	"fmt"
	"os"

	"parley/gateway/directory"
)

//go:embed teams.yaml
var demoTeams []byte

// readTeams reads who works where from a file, or else is the demo's.
func readTeams(path string) (*directory.Roster, error) {
	content := demoTeams
	if path != "" {
		var err error
		if content, err = os.ReadFile(path); err != nil {
			return nil, fmt.Errorf("reading the teams: %w", err)
		}
	}
	return directory.ReadRoster(content)
}
