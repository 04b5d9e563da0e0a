# Reads `go test -v` and says what a person wants to know: one line for each
# package, everything that a failing package printed, and at the end how many
# tests (subtests included) passed, failed and were skipped. A package that
# fails without a failing test (it does not build, it panics, it hangs) counts
# as one failure.

/^=== / || /^PASS$/ || /^FAIL$/ { next }
/^ *--- PASS: / { passed++; next }
/^ *--- SKIP: / { skipped++ }
/^ *--- FAIL: / { failed++; failing++ }

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
}
