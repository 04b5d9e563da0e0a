package directory_test

import (
	"testing"

	"parley/gateway/directory"
)

func TestWhereSomebodyCanBeReached(t *testing.T) {
	person := directory.Person{
		Name: "Sam Example", Phone: "+447700900101", Email: "sam@example.com", PostalAddress: []string{"1 High Street", "Leeds"},
		Needs: []string{"bsl", "prefers mornings"},
	}
	asked := person
	asked.SafeContact = &directory.SafeContact{Channels: []directory.Channel{directory.SMS}, Phone: "+447700900109"}
	atHome := person
	atHome.SafeContact = &directory.SafeContact{Post: true}
	for _, test := range []struct {
		name    string
		of      directory.Person
		channel directory.Channel
		value   string
		allowed bool
	}{
		{"never asked", person, directory.SMS, "+447700900101", true},
		{"a second number comes before the first", asked, directory.SMS, "+447700900109", true},
		{"what was not said to be safe", asked, directory.Email, "sam@example.com", false},
		{"post, never asked", person, directory.Letter, "Sam Example\n1 High Street\nLeeds", false},
		{"post that is not safe", asked, directory.Letter, "Sam Example\n1 High Street\nLeeds", false},
		{"post that is safe", atHome, directory.Letter, "Sam Example\n1 High Street\nLeeds", true},
		{"no address", person, directory.WebChat, "", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, _ := test.of.Address(test.channel)
			if a.Value != test.value || test.of.Permits(test.channel) != test.allowed {
				t.Errorf("got %q, allowed %t", a.Value, test.of.Permits(test.channel))
			}
		})
	}
	if !person.Has(directory.BSL) || person.Has(directory.Braille) {
		t.Errorf("needs %q", person.Needs)
	}
}

func TestANeedIsWhatItIsHoweverItIsWritten(t *testing.T) {
	for _, written := range []string{"large print", "large_print", "Large Print", "large-print", " LARGE  PRINT "} {
		person := directory.Person{Needs: []string{"prefers mornings", written}}
		if !person.Has(directory.LargePrint) || person.Has(directory.Braille) {
			t.Errorf("%q is not large print", written)
		}
	}
}
