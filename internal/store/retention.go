package store

import "time"

const (
	day  = 24 * time.Hour
	year = 365 * day
)

// keptRecord is one kind of record: for how long it is kept, why (UK GDPR
// article 5(1)(e): no longer than is needed), and which rows are one person's
// (articles 15 and 17). The periods are the service's own choice.
type keptRecord struct {
	kind  string // for people
	table string
	key   string // the column that tells one row from another; several, or none where no time is set, when nothing belongs to a row

	// since is when the time begins in which a row is kept, in microseconds, and
	// ended the condition that it has begun; $1 is the moment since which rows are
	// kept. A keep of 0: no time is set, see why.
	since, ended string
	keep         time.Duration
	why          string

	// by is a time with an index that is never later than since: rows are looked
	// for in its order. Empty: the table is gone through.
	by string

	of   string      // which rows are the person's whose id is $1; empty: nobody's
	with []dependent // what goes before a row does
}

// dependent names rows of another table by the row that they belong to.
type dependent struct{ table, column string }

// own are the addresses that are a person's and nobody else's.
const own = `(SELECT a.address FROM addresses a WHERE a.person = $1 AND NOT EXISTS (SELECT 1 FROM addresses b WHERE b.address = a.address AND b.person <> $1))`

const talksOf = `(SELECT c.id FROM conversations c WHERE c.person = $1)`
const visitsOf = `(SELECT v.id FROM visits v WHERE v.person = $1)`

var withMessage = []dependent{{"message_words", "message"}, {"labels", "message"}, {"losses", "message"}, {"flights", "message"}}

// keptRecords are all that is kept, in the order in which they can be erased:
// what tells whose a row is goes after it. Six years are those of a claim for
// what a debt was about (Limitation Act 1980 sections 5 and 9).
var keptRecords = []keptRecord{
	{kind: "files", table: "files", key: "id", since: "at", ended: "TRUE", keep: 2 * year,
		why: "the evidence is on the case by then", of: `person = $1 OR person = '' AND address IN ` + own},
	{kind: "messages of people we do not know", table: "messages", key: "id", since: "created", ended: "NOT waiting AND person = ''", by: "created", keep: year,
		why: "somebody may still say whose they were", with: withMessage},
	{kind: "messages", table: "messages", key: "id", since: "created", ended: "NOT waiting", by: "created", keep: 6 * year,
		why: "they show what was said and told", of: `person = $1 OR conversation IN ` + talksOf + ` OR person = '' AND address IN ` + own, with: withMessage},
	{kind: "reports", table: "reports", key: "id", since: "created", ended: "TRUE", by: "created", keep: 6 * year,
		why: "the decisions they led to can be challenged", of: `person = $1`},
	{kind: "conversations", table: "conversations", key: "id", since: "last_said", ended: "phase = 'ended'", by: "created", keep: 6 * year,
		why: "with their messages", of: `person = $1 OR visit IN ` + visitsOf, with: []dependent{{"turns", "conversation"}}},
	{kind: "work", table: "work_items", key: "id", since: "closed", ended: "state = 'done' AND closed > 0", by: "closed", keep: 6 * year,
		why: "it shows who did what, and when", of: `person = $1`, with: []dependent{{"work_notes", "task"}}},
	{kind: "card payments", table: "charges", key: "id", since: "started", ended: "state <> 'going'", keep: 6 * year,
		why: "accounts", of: `visit IN ` + visitsOf},
	{kind: "visits and calls", table: "visits", key: "id", since: "seen", ended: "ended > 0", keep: year,
		why: "to answer complaints about them", of: `person = $1`, with: []dependent{{"entries", "visit"}, {"calls", "id"}}},
	{kind: "links", table: "links", key: "link", since: "until", ended: "TRUE", keep: day,
		why: "they open nothing by then", of: `person = $1`},
	{kind: "calls back", table: "checks", key: "id", since: "at", ended: "TRUE", keep: 2 * year,
		why: "to show how somebody was known", of: `person = $1`},
	{kind: "who may act for whom", table: "authorities", key: "id",
		why: "an authority stands until it is taken back", of: `person = $1`},
	{kind: "earlier addresses", table: "contact_changes", key: "person, channel, at", since: "at", ended: "TRUE", keep: contactKept,
		why: "their holder may still be told of the change", of: `person = $1`},
	{kind: "danger holds", table: "holds", key: "id", since: "released", ended: "released > 0", keep: 6 * year,
		why: "a danger that was is looked for when the next is judged", of: `person = $1`},
	{kind: "notes", table: "case_notes", key: "id", since: "at", ended: "TRUE", keep: 6 * year,
		why: "they explain decisions", of: `person = $1`},
	{kind: "events to other systems", table: "webhook_deliveries", key: "id, endpoint", since: "at", ended: "state <> 'waiting'", keep: 30 * day,
		why: "to send them again", of: `person = $1`},
	{kind: "openings of cases", table: "openings", key: "staff, case_reference, at", since: "at", ended: "TRUE", keep: 2 * year, why: "to be sampled by the audit"},
	{kind: "answers to API calls", table: "idempotency", key: "key", since: "at", ended: "TRUE", keep: 7 * day, why: "a call may be repeated"},
	{kind: "sendings to many", table: "campaigns", key: "id", since: "created", by: "created", keep: 6 * year,
		ended: `NOT EXISTS (SELECT 1 FROM messages m WHERE m.campaign = campaigns.id AND m.campaign <> '')`, why: "with their messages"},
	{kind: "marks of what came in", table: "taken", key: "scope, name", since: "at", ended: "TRUE", keep: 6 * year,
		why: "what comes again is known while its message is kept; senders try for days (RFC 5321 section 4.5.4.1)"},
	{kind: "groups of notices", table: "notice_groups", key: "case_reference, name", since: "ended + 1", ended: "TRUE", keep: 30 * day,
		why: "what was decided on before they ended may still be about to go"},
	{kind: "payments", table: "payments", key: "id", since: "received", by: "received", ended: "TRUE", keep: 6 * year,
		why: "accounts, which go back five years"},
	{kind: "payment plans", table: "plans", key: "case_reference, number", since: "made", keep: 6 * year,
		ended: `EXISTS (SELECT 1 FROM plans n WHERE n.case_reference = plans.case_reference AND n.number > plans.number AND plans.number > 0 AND n.made < $1)`,
		why:   "what was due by them can be asked for, since another took their place"},
	{kind: "acquaintances", table: "acquaintances", why: "until the member of staff takes them back", of: `person = $1`},
	{kind: "names that are looked for", table: "person_words", why: "with the person", of: `person = $1`},
	{kind: "parts in cases", table: "parties", why: "the record of cases says who is on them", of: `person = $1`},
	{kind: "addresses", table: "addresses", why: "the record says where somebody is reached", of: `person = $1`},
	{kind: "people", table: "people", why: "the record of cases says who is on them", of: `id = $1`},
}

// keptOtherwise are the tables that nothing is pruned from, with the reason.
var keptOtherwise = map[string]string{
	"cases":             "the record of cases is another system's, and tells us",
	"audit":             "rows are only ever added; what staff wrote of somebody is taken out with them",
	"audit_seals":       "with the audit",
	"opt_outs":          "who said STOP must not be written to by mistake; hashes of addresses",
	"suspensions":       "nor who must not be written to; hashes of addresses",
	"dialog_versions":   "conversations are replayed with them; names nobody",
	"presence":          "one row for each member of staff",
	"figures":           "counts",
	"figure_days":       "counts",
	"webhook_disabled":  "one row for each endpoint",
	"seals":             "one row",
	"planning":          "one row",
	"goose_db_version":  "the schema's history",
	"sqlite_sequence":   "SQLite's own",
	"goose_db_versions": "the schema's history",
}
