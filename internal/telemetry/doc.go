// Package telemetry is what operators see of a running gateway: logs that hold
// nothing personal, Prometheus metrics, and OpenTelemetry traces.
//
// NewLogger makes a JSON logger on log/slog that writes only attributes whose
// keys are on its list (ids, names, counts, durations, codes) and takes what
// looks like a phone number, an email address, a postcode or a National
// Insurance number out of messages and errors (UK GDPR article 5(1)(c), data
// minimisation). A key that is missing from the list costs a value in the log;
// nothing that is left out of a list can cost a parent their privacy.
//
// Metrics counts turns, messages, gate decisions and requests on a registry of
// its own, in Prometheus' text format. Labels are names that the program and
// its scripts define, never anything that a person wrote.
//
// Tracing follows messages from the webhook to the delivery (W3C Trace Context,
// OTLP over HTTP), as gateway.Tracer has it. Without it nothing is followed.
//
// Where logs go, how long they are kept and who is woken is left to others.
package telemetry
