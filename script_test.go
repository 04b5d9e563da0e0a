package main

import (
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestScripts runs the scripts of testdata/script. Beside the commands that
// every testscript has there are
//
//	parley [<FILE] ARGUMENTS…   runs a command line, with a file piped in
//	status N                    fails unless the last parley exited with N
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"parley": func(ts *testscript.TestScript, neg bool, args []string) {
				in := ""
				if len(args) > 0 && strings.HasPrefix(args[0], "<") {
					in, args = ts.ReadFile(args[0][1:]), args[1:]
				}
				status := run(args, &streams{In: strings.NewReader(in), Out: ts.Stdout(), Err: ts.Stderr()})
				ts.Setenv("status", strconv.Itoa(status))
				if (status != 0) != neg {
					ts.Fatalf("exit status %d", status)
				}
			},
			"status": func(ts *testscript.TestScript, _ bool, args []string) {
				if got := ts.Getenv("status"); len(args) != 1 || got != args[0] {
					ts.Fatalf("exit status %s, want %s", got, strings.Join(args, " "))
				}
			},
		},
	})
}
