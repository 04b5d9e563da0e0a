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
	waited       *prometheus.HistogramVec
	answered     *prometheus.HistogramVec
	reached      *prometheus.CounterVec
	left         *prometheus.CounterVec
	claimed      prometheus.Gauge
	queueAge     prometheus.Gauge
	queueSeen    prometheus.Gauge
	decisions    *prometheus.CounterVec
	requests     *prometheus.CounterVec
	requestTimes *prometheus.HistogramVec
	sent         recentSends
}

// The directions of a message.
const (
	in  = "in"
	out = "out"
)

// What is asked of a gateway is answered in milliseconds; messages are to be sent
// within 10 seconds, and providers' words may take minutes.
var (
	requestBuckets  = []float64{.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10}
	deliveryBuckets = []float64{.01, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 3600}
)

// NewMetrics makes metrics that stand at nought, with those of the Go runtime
// and the process.
func NewMetrics() *Metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, labels)
	}
	gauge := func(name, help string) prometheus.Gauge {
		return prometheus.NewGauge(prometheus.GaugeOpts{Name: name, Help: help})
	}
	within := func(buckets []float64, name, help string, labels ...string) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(prometheus.HistogramOpts{Name: name, Help: help, Buckets: buckets}, labels)
	}
	seconds := func(name, help string, labels ...string) *prometheus.HistogramVec {
		return within(requestBuckets, name, help, labels...)
	}
	m := &Metrics{
		registry:     prometheus.NewRegistry(),
		turns:        counter("parley_turns_total", "Turns of conversations, by how each ended.", "dialog", "outcome"),
		turnSeconds:  seconds("parley_turn_seconds", "Time from a message to its committed turn.", "dialog"),
		messages:     counter("parley_messages_total", "Messages, each counted once for every status it reaches.", "channel", "direction", "status"),
		waited:       within(deliveryBuckets, "parley_message_sent_seconds", "Time from when a message could be sent until its provider took it.", "channel"),
		answered:     within(deliveryBuckets, "parley_message_callback_seconds", "Time from a message's being taken by its provider to the provider's next words on it, of messages that this node sent.", "channel"),
		reached:      counter("parley_dialog_steps_reached_total", "Questions that a conversation came to.", "dialog", "step"),
		left:         counter("parley_dialog_steps_left_total", "Questions at which a conversation ended without an answer: it lapsed, or a person took over.", "dialog", "step"),
		claimed:      gauge("parley_pump_claimed_messages", "Messages that this node claimed last."),
		queueAge:     gauge("parley_outbox_oldest_seconds", "How long the message that waits longest could have been sent already; 0 when none waits."),
		queueSeen:    gauge("parley_outbox_seen_timestamp_seconds", "When this node last read the outbox's age, in Unix time."),
		decisions:    counter("parley_gate_decisions_total", "What the safety gate said, and why.", "action", "reason"),
		requests:     counter("parley_http_requests_total", "HTTP requests served.", "route", "method", "code"),
		requestTimes: seconds("parley_http_request_seconds", "Time to serve an HTTP request.", "route"),
	}
	m.registry.MustRegister(m.turns, m.turnSeconds, m.messages, m.waited, m.answered, m.reached, m.left,
		m.claimed, m.queueAge, m.queueSeen, m.decisions, m.requests, m.requestTimes,
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

// MessageSent observes a message that its provider has taken, this long after it
// could be sent. The id is no label: see MessageAnswered.
func (m *Metrics) MessageSent(channel, id string, waited time.Duration) {
	m.waited.WithLabelValues(channel).Observe(waited.Seconds())
	m.sent.add(id, time.Now())
}

// MessageAnswered observes a provider's later word on a message. What another
// node sent, or this one too long ago, is left out.
func (m *Metrics) MessageAnswered(channel, id string) {
	if at, ok := m.sent.find(id); ok {
		m.answered.WithLabelValues(channel).Observe(time.Since(at).Seconds())
	}
}

// StepReached counts a conversation that comes to a step of its dialog, and
// StepLeft one that ends there: what share of those that came to a step went no
// further is the one by the other.
func (m *Metrics) StepReached(dialog, step string) { m.reached.WithLabelValues(dialog, step).Inc() }

// StepLeft is told of under StepReached.
func (m *Metrics) StepLeft(dialog, step string) { m.left.WithLabelValues(dialog, step).Inc() }

// OutboxAge says how long the message that waits longest could have been sent
// already, as it was read now.
func (m *Metrics) OutboxAge(age time.Duration) {
	m.queueAge.Set(max(age, 0).Seconds())
	m.queueSeen.SetToCurrentTime()
}

// PumpQueue says how many messages this node has claimed in one go.
func (m *Metrics) PumpQueue(claimed int) { m.claimed.Set(float64(claimed)) }

// GateDecided counts an answer of the safety gate and the reason that decided.
func (m *Metrics) GateDecided(action, reason string) {
	m.decisions.WithLabelValues(action, reason).Inc()
}

// Handler serves the metrics in Prometheus' text format.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{Registry: m.registry})
}
