package main

import (
	"flag"
	"os"
	"strings"
	"testing"

	"parley/dialogs"
	"parley/dialogs/scripts"
	"parley/gateway/routes"
)

var update = flag.Bool("update", false, "write pictures and pages anew")

const routesPage = "docs/first-messages.md"

// TestRoutesLeadEverybodySomewhere looks at the table with all that it may name.
func TestRoutesLeadEverybodySomewhere(t *testing.T) {
	table, signposts, all := everyRoute(t)
	if err := table.Check(routable(all, signposts)); err != nil {
		t.Error(err)
	}
}

// Every dialog is led to by what somebody writes, by another dialog, or by what
// the service does of itself.
func TestRoutesReachEveryDialog(t *testing.T) {
	table, _, all := everyRoute(t)
	reached := map[string]string{
		"information-request": "a caseworker begins it", "safety": "danger leads to it", "safe-to-contact": "others run it", "survey": "follows a chat",
	}
	for _, d := range all {
		if _, known := reached[d.Name]; !known && !table.Named(d.Name) {
			t.Errorf("nothing that is written leads to %s", d.Name)
		}
	}
}

// The picture on the page is that of the table.
func TestRoutesAreDrawn(t *testing.T) {
	table, _, _ := everyRoute(t)
	page, err := os.ReadFile(routesPage)
	if err != nil {
		t.Fatal(err)
	}
	const opens, closes = "```mermaid\n", "```\n"
	before, rest, found := strings.Cut(string(page), opens)
	_, after, closed := strings.Cut(rest, closes)
	want := before + opens + table.Draw() + closes + after
	switch {
	case !found || !closed:
		t.Fatalf("%s has no picture", routesPage)
	case *update:
		if err := os.WriteFile(routesPage, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	case string(page) != want:
		t.Errorf("the picture in %s is not that of the table: go test . -run TestRoutes -update", routesPage)
	}
}

func everyRoute(t *testing.T) (*routes.Table, *routes.Signposts, []*dialogs.Dialog) {
	t.Helper()
	table, err := routes.Shipped()
	if err != nil {
		t.Fatal(err)
	}
	signposts, err := routes.ShippedSignposts()
	if err != nil {
		t.Fatal(err)
	}
	all, err := dialogs.Load(scripts.FS)
	if err != nil {
		t.Fatal(err)
	}
	return table, signposts, all
}
