package gatewaytest

import (
	"fmt"
	"time"

	"parley/gateway"
)

var auditProofs = map[string]func(*storeProof){
	"the audit keeps entries and finds them": auditKept,
	"the audit is sealed once":               auditSealed,
	"a late clock breaks no seal":            auditLate,
}

func audited(id string, at time.Time) gateway.AuditEntry {
	return gateway.AuditEntry{ID: id, At: at, Staff: "ann", Action: "saw case", Case: "300012345678", Person: "P1", Conversation: "V1", Object: "W1", Reason: "they rang"}
}

func auditKept(p *storeProof) {
	first, second, third := audited("A1", storeTime), audited("A2", storeTime.Add(time.Minute)), audited("A3", storeTime.Add(time.Hour))
	second.Staff, second.Case, second.Person = "bob", "", ""
	for _, e := range []gateway.AuditEntry{first, second, third} {
		p.must(p.RecordAudit(p.Context(), e))
	}
	for name, c := range map[string]struct {
		query gateway.AuditQuery
		want  []gateway.AuditEntry
	}{
		"all":             {gateway.AuditQuery{}, []gateway.AuditEntry{third, second, first}},
		"by one":          {gateway.AuditQuery{Staff: "ann"}, []gateway.AuditEntry{third, first}},
		"of a case":       {gateway.AuditQuery{Case: "300012345678"}, []gateway.AuditEntry{third, first}},
		"of a person":     {gateway.AuditQuery{Person: "P1", Staff: "ann"}, []gateway.AuditEntry{third, first}},
		"in a time":       {gateway.AuditQuery{From: storeTime, To: storeTime.Add(time.Hour)}, []gateway.AuditEntry{second, first}},
		"the next page":   {gateway.AuditQuery{Before: "A3", Limit: 1}, []gateway.AuditEntry{second}},
		"of another case": {gateway.AuditQuery{Case: "300000000001"}, nil},
	} {
		got, err := p.AuditEntries(p.Context(), c.query)
		p.must(err)
		want(p, name, got, c.want)
	}
	if p.RecordAudit(p.Context(), first) == nil {
		p.Error("an entry was recorded over another")
	}
}

func auditSealed(p *storeProof) {
	now := storeTime
	total := 0
	for minute := range 5 {
		for n := range minute { // none in the first
			p.must(p.RecordAudit(p.Context(), audited(fmt.Sprint("A", minute, n), now)))
			total++
		}
		now = now.Add(time.Minute)
		sealed, err := p.SealAudit(p.Context(), now)
		p.must(err)
		again, err := p.SealAudit(p.Context(), now)
		p.must(err)
		if sealed > 0 && again > 0 {
			p.Errorf("sealed %d, and then %d once more", sealed, again)
		}
	}
	done, refused := p.atOnce(func(int) error {
		_, err := p.SealAudit(p.Context(), now.Add(5*time.Minute))
		return err
	})
	want(p, "sealing at once", refused, nil)
	if done == 0 {
		p.Error("nobody sealed")
	}
	proof, err := p.VerifyAudit(p.Context())
	p.must(err)
	if proof.Entries != total || proof.Unsealed != 0 || len(proof.Problems) != 0 || proof.Seals < 4 || proof.Last == "" {
		p.Errorf("of %d entries: %+v", total, proof)
	}
}

func auditLate(p *storeProof) {
	p.must(p.RecordAudit(p.Context(), audited("A1", storeTime)))
	_, err := p.SealAudit(p.Context(), storeTime.Add(10*time.Minute))
	p.must(err)
	p.must(p.RecordAudit(p.Context(), audited("A2", storeTime)))
	proof, err := p.VerifyAudit(p.Context())
	p.must(err)
	if proof.Entries != 1 || proof.Unsealed != 1 || len(proof.Problems) != 0 {
		p.Errorf("after an entry of a late clock: %+v", proof)
	}
}
