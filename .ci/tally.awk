# Reads `go test -v` and says what a person wants to know: one line for each
# package, everything that a failing package printed, and at the end how many
# tests (subtests included) passed, failed and were skipped. A package that
# fails without a failing test (it does not build, it panics, it hangs) counts
# as one failure, and so does a line of a log, whoever wrote it, that holds a
# secret or something of a person that the tests have planted.

/^=== / || /^PASS$/ || /^FAIL$/ { next }
/^ *--- PASS: / { passed++; next }
/^ *--- SKIP: / { skipped++ }
/^ *--- FAIL: / { failed++; failing++ }

/^ *\{"time":"/ && /447700 ?90|07700 ?90|@example\.(com|org)|(Sam|Ali) Example|demotoken0000|the demo's key|kkkkkkkkkkkkkkkkkkkk/ {
	print "a log holds what it may not: " $0
	failed++
	leaked++
}

/^ok  \t/ { print; said = ""; next }
/^\?   \t/ { next }
/^FAIL\t/ {
	printf "%s", said
	print
	if (!failing) failed++
	said = ""
	failing = 0
	next
}

{ said = said $0 "\n" }

END {
	printf "%s", said
	printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped
	if (leaked) exit 1
}
