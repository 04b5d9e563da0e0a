package main

// A run is one call of go test.
type run struct {
	name  string
	in    string // the package
	bench string // a regular expression of benchmarks
	time  string // how long or, with an x, how often
}

// The runs, in order: some eight minutes in all on two cores.
var runs = []run{
	{"turn", "./dialogs", "^BenchmarkTurn$|^BenchmarkLoad$", "0.5s"},
	{"answers", "./dialogs/answers", "^BenchmarkRead$", "0.3s"},
	{"intents", "./dialogs/understanding", "^BenchmarkRead$|^BenchmarkReadTwoMatters$|^BenchmarkNew$", "0.5s"},
	{"calculation", "./gateway/calculation", "^BenchmarkCalculate$|^BenchmarkAnswer$", "0.5s"},
	{"texts", "./templates", "^BenchmarkPrepareSMS$", "0.3s"},
	{"notices", "./templates/notices", "^BenchmarkRender$", "0.3s"},
	{"commit", "./internal/store", "^BenchmarkCommit$", "6000x"},
	{"webhooks", ".", "^BenchmarkWebhook$", "10000x"},
	{"campaign", ".", "^BenchmarkCampaign$", "20000x"},
	{"chat", ".", "^BenchmarkChat$", "1x"},
	{"fan-out", ".", "^BenchmarkFanout$", "300x"},
	{"console", ".", "^BenchmarkConsole$", "50x"},
	{"planning 1,000", ".", "^BenchmarkPlanning$", "1000x"},
	{"planning 5,000", ".", "^BenchmarkPlanning$", "5000x"},
	{"planning 25,000", ".", "^BenchmarkPlanning$", "25000x"},
	{"conversations 400", ".", "^BenchmarkWebhook$/^postgres$/^queued$", "2400x"},
	{"conversations 1,600", ".", "^BenchmarkWebhook$/^postgres$/^queued$", "9600x"},
	{"conversations 6,400", ".", "^BenchmarkWebhook$/^postgres$/^queued$", "38400x"},
	{"nodes", ".", "^BenchmarkNodes$", "6000x"},
}

// A figure is one line of the table.
type figure struct {
	what   string
	run    string
	bench  string // the benchmark's name; of several that it begins, the worst is told
	unit   string
	wanted float64
	more   bool // more is better
}

var figures = []figure{
	{"a turn of the engine, state read and written", "turn", "BenchmarkTurn", "ns/op", 25_000, false},
	{"… its allocations", "turn", "BenchmarkTurn", "allocs/op", 150, false},
	{"all dialogs loaded and checked", "turn", "BenchmarkLoad", "ns/op", 500e6, false},
	{"an answer read", "answers", "BenchmarkRead", "ns/op", 50_000, false},
	{"a message understood", "intents", "BenchmarkRead", "ns/op", 40_000, false},
	{"… one of two matters", "intents", "BenchmarkReadTwoMatters", "ns/op", 40_000, false},
	{"… its allocations", "intents", "BenchmarkReadTwoMatters", "allocs/op", 30, false},
	{"… the network loaded", "intents", "BenchmarkNew", "ns/op", 5e6, false},
	{"a calculation", "calculation", "BenchmarkCalculate", "ns/op", 4_000, false},
	{"a calculation with plan and steps in both languages, as JSON", "calculation", "BenchmarkAnswer", "ns/op", 200_000, false},
	{"a text of 160 characters prepared", "texts", "BenchmarkPrepareSMS/plain160", "ns/op", 5_000, false},
	{"a notice put into words", "notices", "BenchmarkRender", "ns/op", 1e6, false},

	{"turns committed, PostgreSQL", "commit", "BenchmarkCommit/postgres", "each/s", 1_200, true},
	{"turns committed, SQLite", "commit", "BenchmarkCommit/sqlite", "each/s", 500, true},
	{"webhook to reply queued, PostgreSQL and Redis", "webhooks", "BenchmarkWebhook/postgres/queued", "messages/s", 1_200, true},
	{"… 99 in 100", "webhooks", "BenchmarkWebhook/postgres/queued", "p99-ms", 40, false},
	{"a copy of a message known, PostgreSQL and Redis", "webhooks", "BenchmarkWebhook/postgres/copied", "messages/s", 2_400, true},
	{"webhook to reply queued, SQLite", "webhooks", "BenchmarkWebhook/sqlite/queued", "messages/s", 500, true},
	{"webhook to reply delivered, PostgreSQL and Redis", "webhooks", "BenchmarkWebhook/postgres/delivered", "messages/s", 600, true},
	{"webhook to reply delivered, SQLite", "webhooks", "BenchmarkWebhook/sqlite/delivered", "messages/s", 300, true},

	{"notices planned by the real planner", "planning 25,000", "BenchmarkPlanning", "planned/s", 1_667, true},
	{"… the most memory in use", "planning 25,000", "BenchmarkPlanning", "peak-heap-MB", 200, false},
	{"a campaign's notices delivered", "campaign", "BenchmarkCampaign", "delivered/s", 1_000, true},
	{"… replies meanwhile, 95 in 100", "campaign", "BenchmarkCampaign", "reply-p95-ms", 1_000, false},

	{"1,000 in web chat, from an answer to the next question, 95 in 100", "chat", "BenchmarkChat", "p95-ms", 100, false},
	{"… the gateway's memory", "chat", "BenchmarkChat", "resident-MB", 350, false},
	{"said on one node, shown on another, 95 in 100", "fan-out", "BenchmarkFanout", "p95-ms", 50, false},
	{"the slowest page of the console, half of the time", "console", "BenchmarkConsole", "p50-ms", 100, false},
}

// A curve shows how a cost grows.
type curve struct {
	file, title, across, up string
	points                  []point
}

// A point is where a curve is measured.
type point struct {
	at         float64
	run, bench string
	unit       string
}

var curves = []curve{
	{"cost-by-cases.svg", "Planning a case's notices, by how many cases there are", "cases", "µs a case", []point{
		{1_000, "planning 1,000", "BenchmarkPlanning", "µs/case"},
		{5_000, "planning 5,000", "BenchmarkPlanning", "µs/case"},
		{25_000, "planning 25,000", "BenchmarkPlanning", "µs/case"},
	}},
	{"cost-by-conversations.svg", "From a webhook to its reply, by how many conversations were held before", "conversations", "ms, median of 16 at once", []point{
		{400, "conversations 400", "BenchmarkWebhook/postgres/queued", "p50-ms"},
		{1_600, "conversations 1,600", "BenchmarkWebhook/postgres/queued", "p50-ms"},
		{6_400, "conversations 6,400", "BenchmarkWebhook/postgres/queued", "p50-ms"},
	}},
	{"cost-by-nodes.svg", "Webhooks answered and replies sent, by nodes that share the same cores", "nodes", "messages a second", []point{
		{1, "nodes", "BenchmarkNodes/1", "messages/s"},
		{2, "nodes", "BenchmarkNodes/2", "messages/s"},
		{3, "nodes", "BenchmarkNodes/3", "messages/s"},
	}},
}
