package calculation

import (
	"encoding/json"
	"testing"
)

func BenchmarkReply(b *testing.B) {
	line := []byte(`{"historic_annual_income":"32000","current_annual_income":"20000","relevant_other_children":1,"receiving_parents":[{"id":"A","children":[{"shared_care_nights":60},{}]},{"id":"B","children":[{}]}],"service":"collect_and_pay","frequency":"monthly","effective_date":"2026-04-06","first_due":"2026-04-15"}`)
	b.ReportAllocs()
	var buf []byte
	for b.Loop() {
		q, err := DecodeRequest(line)
		if err != nil {
			b.Fatal(err)
		}
		r, err := q.Reply()
		_ = json.Valid
		if err != nil {
			b.Fatal(err)
		}
		buf = r.AppendJSON(buf[:0])
	}
}
