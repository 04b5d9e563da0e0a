package gateway

import (
	"errors"
	"strconv"
	"testing"

	"pgregory.net/rapid"

	"parley/dialogs"
	"parley/gateway/calculation"
	"parley/gateway/directory"
)

// countedFor is a call of nights_band: whose nights, then a first name and the nights
// of each child.
func countedFor(whose string, names []string, nights ...int) dialogs.Call {
	children, counts := dialogs.Value{Kind: dialogs.ListValue}, dialogs.Value{Kind: dialogs.ListValue}
	for _, name := range names {
		children.Fields = append(children.Fields, dialogs.Field{Value: dialogs.Text(name)})
	}
	for _, n := range nights {
		counts.Fields = append(counts.Fields, dialogs.Field{Value: dialogs.Value{Kind: dialogs.NightsValue, Text: strconv.Itoa(n)}})
	}
	return dialogs.Call{Name: "nights_band", With: []dialogs.Field{
		{Name: "children", Value: children},
		{Name: "whose", Value: dialogs.Value{Kind: dialogs.ChoiceValue, Text: whose}},
		{Name: "nights", Value: counts},
	}}
}

func TestNightsBand(t *testing.T) {
	c := shared() // Jo of R1 stays 60 nights; Bo and Mo of R2 none
	c.ReceivingParents[1].Children[1].Name = "Mo Ann"
	twins := shared()
	twins.ReceivingParents[1].Children[1].Name = "bo"
	tests := []struct {
		name   string
		of     directory.Case
		person directory.PersonID
		call   dialogs.Call
		want   bool
		err    error
	}{
		{"in the same band", c, "P1", countedFor("me", []string{"Jo"}, 103), false, nil},
		{"into the next band", c, "P1", countedFor("me", []string{"Jo"}, 104), true, nil},
		{"into the band before", c, "P1", countedFor("me", []string{"Jo"}, 51), true, nil},
		{"one of two children into another", c, "P1", countedFor("me", []string{"jo", " Bo "}, 60, 52), true, nil},
		{"two children in theirs", c, "P1", countedFor("me", []string{"Jo", "Mo"}, 52, 51), false, nil},
		{"nights with the other parent, told by the payer", c, "P1", countedFor("other", []string{"Jo"}, 365-60), false, nil},
		{"nights with the other parent, told by the receiver", c, "R1", countedFor("other", []string{"Jo"}, 60), false, nil},
		{"nights with the receiver, told by the receiver", c, "R1", countedFor("me", []string{"Jo"}, 365-104), true, nil},
		{"every night of a leap year", c, "R2", countedFor("me", []string{"Bo"}, 366), false, nil},
		{"a child of another receiving parent", c, "R1", countedFor("other", []string{"Bo"}, 60), false, errChildUnknown},
		{"a child whom nobody knows", c, "P1", countedFor("me", []string{"Jo", "Al"}, 60, 60), false, errChildUnknown},
		{"two children of one name", twins, "P1", countedFor("me", []string{"Bo"}, 60), false, errChildUnknown},
		{"somebody of no part in the case", c, "P2", countedFor("me", []string{"Jo"}, 60), false, errNotTheirs},
		{"more children than nights", c, "P1", countedFor("me", []string{"Jo", "Bo"}, 60), false, errNightsUneven},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := nightsBand(test.of, test.person, test.call)
			if !errors.Is(err, test.err) {
				t.Fatalf("got %v, want %v", err, test.err)
			}
			if err == nil && says(got, "matters") != test.want {
				t.Errorf("it matters: %t, want %t", !test.want, test.want)
			}
		})
	}
}

// What a parent is told is true: nights that are said not to matter leave the
// amount as it is.
func TestNightsThatDoNotMatterLeaveTheAmountAsItIs(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := family(t)
		child := &c.ReceivingParents[0].Children[0]
		nights := rapid.IntRange(0, 365).Draw(t, "nights now")
		got, err := nightsBand(c, "P1", countedFor("me", []string{child.Name}, nights))
		if err != nil {
			t.Fatal(err)
		}
		before, err := calculation.Calculate(c.OnRecord())
		if err != nil {
			t.Fatal(err)
		}
		was := child.SharedCareNights
		child.SharedCareNights = nights
		after, err := calculation.Calculate(c.OnRecord())
		if err != nil {
			t.Fatal(err)
		}
		if !says(got, "matters") && before.Weekly != after.Weekly {
			t.Errorf("from %d to %d nights the amount goes from %s to %s", was, nights, before.Weekly, after.Weekly)
		}
	})
}
