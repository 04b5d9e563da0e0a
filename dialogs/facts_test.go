package dialogs_test

import "testing"

func TestConditionsSeeWhoWritesAndWhere(t *testing.T) {
	d := compiled(t, `
- when: role == "paying parent"
  say: You pay.
- when: role == ""
  say: Nobody.
- when: nation in ["wales", "scotland"]
  say: Not England.
- end: told
`)
	for _, c := range []struct{ role, nation, want string }{
		{"paying parent", "england", "You pay."},
		{"receiving parent", "wales", "Not England."},
		{"", "", "Nobody."},
	} {
		facts := known()
		facts.Role, facts.Nation = c.role, c.nation
		if got := heard(talk(t, d, facts)); len(got) != 1 || got[0] != c.want {
			t.Errorf("%q in %q: says %q, want %q", c.role, c.nation, got, c.want)
		}
	}
}
