package main

import "testing"

func TestASettingThatCannotBeReadStopsTheStart(t *testing.T) {
	for _, pair := range []string{
		"PARLEY_LOG_LEVEL=wran", "PARLEY_OPEN_HOURS=8-20", "PARLEY_ANY_DAY=maybe", "PARLEY_SENDS=0", "PARLEY_INBOUND_LIMIT=many",
		"PARLEY_SHUTDOWN_TIMEOUT=20", "PARLEY_TWILO=1", "PARLEY_SECRET_KEY_FILE=/no/such/file",
	} {
		if set, err := readSettings([]string{pair}); err == nil {
			t.Errorf("%s is read as %+v", pair, set)
		}
	}
	if _, err := readSettings([]string{"PARLEY_LOG_LEVEL=debug", "PARLEY_OPEN_HOURS=08:00-20:00", "HOME=/root"}); err != nil {
		t.Errorf("good settings are refused: %v", err)
	}
}
