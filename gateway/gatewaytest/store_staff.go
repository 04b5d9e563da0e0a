package gatewaytest

import (
	"time"

	"parley/gateway"
	"parley/gateway/directory"
)

var staffProofs = map[string]func(*storeProof){
	"a conversation has a keeper":      keptByStaff,
	"the last call back is remembered": callsBack,
}

func keptByStaff(p *storeProof) {
	t := openTurn("V1", "P1")
	p.must(p.Commit(p.Context(), t))
	for _, keeper := range []directory.StaffID{"ann", ""} {
		c, err := p.Conversation(p.Context(), "V1")
		p.must(err)
		c.Keeper, c.Turn = keeper, c.Turn+1
		p.must(p.Commit(p.Context(), gateway.Turn{ID: "T " + string(keeper), At: storeTime, Conversation: &c}))
		kept, err := p.OpenConversation(p.Context(), gateway.Partner{Person: "P1"})
		p.must(err)
		want(p, "the keeper", kept.Keeper, keeper)
	}
}

func callsBack(p *storeProof) {
	_, err := p.LastCheck(p.Context(), "P1")
	p.wantError("of somebody never called back", err, gateway.ErrNotFound)
	first := gateway.Check{ID: "K1", Person: "P1", By: "ann", Number: "+447700900101", At: storeTime}
	second := gateway.Check{ID: "K2", Person: "P1", By: "bob", Number: "+447700900101", At: storeTime.Add(time.Hour)}
	p.must(p.KeepCheck(p.Context(), second))
	p.must(p.KeepCheck(p.Context(), first))
	p.must(p.KeepCheck(p.Context(), gateway.Check{ID: "K3", Person: "R1", By: "ann", Number: "+447700900102", At: storeTime.Add(2 * time.Hour)}))
	last, err := p.LastCheck(p.Context(), "P1")
	p.must(err)
	want(p, "the last call back", last, second)
}
