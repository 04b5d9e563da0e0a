package main

import (
	"encoding/json"
	"os"
	"testing"

	"parley/gateway/directory"
)

func TestTheDemosCasesHaveTeams(t *testing.T) {
	roster, err := readTeams("")
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile("seed/cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ Team directory.TeamID }
	if err := json.Unmarshal(content, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if roster.Team(c.Team) == nil {
			t.Errorf("no team %q works on the demo's cases", c.Team)
		}
	}
}

func TestTeamsThatAreNotThere(t *testing.T) {
	if _, err := readTeams(t.TempDir() + "/teams.yaml"); err == nil {
		t.Error("a file that is not there is read")
	}
}
