package dialogs_test

import "testing"

func TestPrivateWords(t *testing.T) {
	for name, b := range map[string]broken{
		"are called private": {old: "- ask: since", new: "- when: known(rent) and not discreet\n  name: seen\n  say: You pay ((rent)).\n- ask: since",
			at: "dialog.yaml: when: known(rent)", want: `"seen" says something private: add "private: true"`, others: 1},
		"are called private when they hand over": {old: "- handoff: moved", new: "- handoff: moved\n  when: known(rent) and not discreet\n  say: You pay ((rent)).",
			at: "dialog.yaml: handoff: moved", want: `"moved" says something private: add "private: true"`, others: 1},
		"are private when they hold what was computed from it": {old: "- ask: since", new: "- set: {high: rent.pence > 50000}\n- when: not discreet\n  name: seen\n  say: High is ((high)).\n- ask: since",
			at: "dialog.yaml: when: not discreet\n", want: `"seen" says something private: add "private: true"`, others: 1},
		"are not for discreet people": {old: "- ask: since", new: "- when: known(rent)\n  name: seen\n  private: true\n  say: You pay ((rent)).\n- ask: since",
			at: "dialog.yaml: when: known(rent)", want: `"seen" says something private to people who are contacted discreetly: add "discreet:" words, or when: not discreet`, others: 1},
		"are not for discreet people in a question": {old: "- ask: since", new: "- ask: more\n  when: known(rent)\n  say: Is ((rent)) all?\n  answer: yes or no\n- ask: since",
			at: "dialog.yaml: ask: more", want: `"more" says something private to people who are contacted discreetly: add "discreet:" words, or when: not discreet`, others: 1},
		"are not for discreet people in help": {old: "- ask: since", new: "- ask: more\n  when: known(rent)\n  say: Is that all?\n  help: You said ((rent)).\n  answer: yes or no\n- ask: since",
			at: "dialog.yaml: ask: more", want: `"more" says something private to people who are contacted discreetly: add "discreet:" words, or when: not discreet`, others: 1},
		"are not for discreet people in words for them": {old: "- ask: since", new: "- when: known(rent)\n  name: seen\n  private: true\n  say: {discreet: 'You pay ((rent)).', default: Noted.}\n- ask: since",
			at: "dialog.yaml: when: known(rent)", want: `"seen" says something private to people who are contacted discreetly: add "discreet:" words, or when: not discreet`, others: 1},
	} {
		t.Run(name, b.check)
	}
}

func TestTheRecordIsToldToTheConfirmed(t *testing.T) {
	const (
		told = "when: identity == \"confirmed\" and not discreet and known(estimate)\n"
		want = `"told" depends on what the record holds: add when: identity == "confirmed"`
	)
	for name, b := range map[string]broken{
		"not to others":             {old: told, new: "when: not discreet and known(estimate)\n", at: "dialog.yaml: name: told", want: want},
		"not to others beside":      {old: told, new: "when: (identity == \"confirmed\" or discreet) and not discreet and known(estimate)\n", at: "dialog.yaml: name: told", want: want},
		"not to the merely known":   {old: told, new: "when: identity == \"known\" and not discreet and known(estimate)\n", at: "dialog.yaml: name: told", want: want},
		"not by calling it private": {old: told, new: "private: true\n  when: not discreet and known(estimate)\n", at: "dialog.yaml: name: told", want: want},
		"nor by leaving it unsaid": {old: "- ask: since", new: "- name: seen\n  when: known(estimate) and estimate.changes\n  say: There is a change.\n- ask: since",
			at: "dialog.yaml: name: seen", want: `"seen" depends on what the record holds: add when: identity == "confirmed"`, others: 1},
		"nor through what is computed": {old: "- ask: since", new: "- set: {more: known(estimate) and estimate.changes}\n- name: seen\n  when: more\n  say: There is a change.\n- ask: since",
			at: "dialog.yaml: name: seen", want: `"seen" depends on what the record holds: add when: identity == "confirmed"`, others: 1},
	} {
		t.Run(name, b.check)
	}
}
