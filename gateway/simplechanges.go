package gateway

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"

	"github.com/goccy/go-yaml"
)

//go:embed simplechanges.yaml
var shippedSimpleChanges []byte

// simpleChanges are the kinds of reports that the case system may act on before a
// caseworker has looked.
type simpleChanges []string

// neverSimple are the kinds of which that may never be so: what they change could
// locate a parent, take their money, or end what keeps a child.
func neverSimple() []string {
	return []string{
		"apply", "bank-details", "children-change", "close-case", "contact-details", "death", "overnight-stays",
		"parentage", "representative", "safe-contact", "switch-service",
	}
}

// readSimpleChanges reads the list. The error joins one for each kind that may
// not be on it.
func readSimpleChanges(content []byte) (simpleChanges, error) {
	var list simpleChanges
	if err := yaml.UnmarshalWithOptions(content, &list, yaml.Strict()); err != nil {
		return nil, fmt.Errorf("reading the simple changes: %w", err)
	}
	var problems []error
	for i, kind := range list {
		if slices.Contains(neverSimple(), kind) {
			problems = append(problems, fmt.Errorf("%q is never changed without a caseworker", kind))
		}
		if kind == "" || slices.Contains(list[:i], kind) {
			problems = append(problems, fmt.Errorf("%q is there twice, or is empty", kind))
		}
	}
	if err := errors.Join(problems...); err != nil {
		return nil, fmt.Errorf("reading the simple changes: %w", err)
	}
	return list, nil
}
