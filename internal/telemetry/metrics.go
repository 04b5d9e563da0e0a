package telemetry

import (
	"net/http"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Metrics counts what a gateway does. Every method is safe for concurrent use
// and takes well under a microsecond. The texts given to it become labels: they
// are names that the program or its scripts define, so that there are few.
type Metrics struct {
	registry     *prometheus.Registry
	turns        *prometheus.CounterVec
	turnSeconds  *prometheus.HistogramVec
	messages     *prometheus.CounterVec
	claimed      prometheus.Gauge
	decisions    *prometheus.CounterVec
	requests     *prometheus.CounterVec
	requestTimes *prometheus.HistogramVec
}

// The directions of a message.
const (
	in  = "in"
	out = "out"
)

// NewMetrics makes metrics that stand at nought, with those of the Go runtime
// and the process.
func NewMetrics() *Metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	}
	seconds := func(name, help string, labels ...string) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help,
			Buckets: []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}}, labels)
	}
	m := &Metrics{
		registry:    prometheus.NewRegistry(),
		turns:       counter("parley_turns_total", "Turns of conversations, by how each ended.", "dialog", "outcome"),
		turnSeconds: seconds("parley_turn_seconds", "Time from a message to its committed turn.", "dialog"),
		messages:    counter("parley_messages_total", "Messages, each counted once for every status it reaches.", "channel", "direction", "status"),
		claimed: prometheus.NewGauge(prometheus.GaugeOpts{
			Name: "parley_pump_claimed_messages", Help: "Messages that this node has claimed and not sent yet."}),
		decisions:    counter("parley_gate_decisions_total", "What the safety gate said, and why.", "action", "reason"),
		requests:     counter("parley_http_requests_total", "HTTP requests served.", "route", "method", "code"),
		requestTimes: seconds("parley_http_request_seconds", "Time to serve an HTTP request.", "route"),
	}
	m.registry.MustRegister(m.turns, m.turnSeconds, m.messages, m.claimed, m.decisions, m.requests, m.requestTimes,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// TurnCommitted counts a turn of a dialog. The outcome is how the conversation
// stands or ended ("asked", "reported", "handoff", …); took is the time since
// the message arrived.
func (m *Metrics) TurnCommitted(dialog, outcome string, took time.Duration) {
	m.turns.WithLabelValues(dialog, outcome).Inc()
	m.turnSeconds.WithLabelValues(dialog).Observe(took.Seconds())
}

// MessageReceived counts a person's message by what was done with it.
func (m *Metrics) MessageReceived(channel, outcome string) {
	m.messages.WithLabelValues(channel, in, outcome).Inc()
}

// MessageSettled counts an outgoing message that has come to a status.
func (m *Metrics) MessageSettled(channel, status string) {
	m.messages.WithLabelValues(channel, out, status).Inc()
}

// PumpQueue says how many messages this node has claimed and not sent yet.
func (m *Metrics) PumpQueue(claimed int) { m.claimed.Set(float64(claimed)) }

// GateDecided counts an answer of the safety gate and the reason that decided.
func (m *Metrics) GateDecided(action, reason string) {
	m.decisions.WithLabelValues(action, reason).Inc()
}

// Handler serves the metrics in Prometheus' text format.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}
