package email

import (
	"bufio"
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/emersion/go-message"
	"github.com/emersion/go-message/mail"
	"github.com/emersion/go-message/textproto"
	"github.com/emersion/go-smtp"

	"parley/gateway"
	"parley/gateway/directory"
)

// What mail systems send as multipart/report (RFC 6522).
const (
	deliveryReport = "delivery-status" // RFC 3464: what became of a message
	feedbackReport = "feedback-report" // RFC 5965: somebody complained of it
	otherReport    = "other"           // read receipts (RFC 8098) and what is to come
)

// reportKind is the kind of report that a message is; empty when it is none.
func reportKind(entity *message.Entity) string {
	kind, parameters, err := entity.Header.ContentType()
	if err != nil || kind != "multipart/report" {
		return ""
	}
	switch of := strings.ToLower(parameters["report-type"]); of {
	case deliveryReport, feedbackReport:
		return of
	default:
		return otherReport
	}
}

// takeReport takes a report into the status of the message that it is about. A
// report that names no message of ours by its token is nobody's word.
func (s *Server) takeReport(ctx context.Context, a arrival, entity *message.Entity, kind string) error {
	r := s.channel.readReport(entity)
	if id := a.bounce(); id != "" {
		r.message = id
	}
	if r.message == "" {
		s.channel.config.Log.InfoContext(ctx, "a report of no message of ours was dropped", "kind", kind)
		return nil
	}
	update := gateway.StatusUpdate{Message: r.message, Channel: directory.Email, ProviderID: s.channel.providerIDOf(r.message)}
	switch {
	case kind == feedbackReport && r.feedback != "not-spam":
		update.Status, update.OptedOut = gateway.Undelivered, true
		update.Code, update.Reason = "complaint", "The person's mail system says that they do not want these emails"
	case kind == deliveryReport && !r.read(&update), kind != deliveryReport:
		return nil // it says nothing final
	}
	return s.config.Receiver.Settle(ctx, update)
}

// report is what there is in a report.
type report struct {
	message  gateway.MessageID // by the token in it; empty: there is none
	action   string            // of the first recipient: failed, delayed, delivered, relayed, expanded
	code     int               // of the reply that the other server gave; 0: unknown
	enhanced smtp.EnhancedCode
	feedback string // abuse, fraud, not-spam, …
}

// readReport reads the parts of a report that are for machines.
func (c *Channel) readReport(entity *message.Entity) report {
	var r report
	parts := entity.MultipartReader()
	for range maxParts {
		if parts == nil {
			break
		}
		part, err := known(parts.NextPart())
		if err != nil {
			break
		}
		kind, _, _ := part.Header.ContentType()
		fields := bufio.NewReader(io.LimitReader(part.Body, maxHeader))
		switch kind {
		case "message/delivery-status", "message/global-delivery-status":
			_, _ = textproto.ReadHeader(fields) // of the whole message
			h, _ := textproto.ReadHeader(fields)
			r.readRecipient(h)
		case "message/feedback-report":
			h, _ := textproto.ReadHeader(fields)
			r.feedback = strings.ToLower(strings.TrimSpace(h.Get("Feedback-Type")))
			c.readOriginal(&r, h.Get("Original-Mail-From"))
		case "message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers":
			h, _ := textproto.ReadHeader(fields)
			if id := c.messageNamed(mail.Header{Header: message.Header{Header: h}}, "Message-Id"); id != "" {
				r.message = id
			}
		}
	}
	return r
}

// readOriginal reads the envelope sender of a message of ours.
func (c *Channel) readOriginal(r *report, from string) {
	address := strings.Trim(strings.TrimSpace(from), "<>")
	if of, err := c.recipient(address); err == nil && of.bounce != "" {
		r.message = of.bounce
	}
}

// readRecipient reads the fields about one recipient (RFC 3464 section 2.3).
// Our messages have no more than one.
func (r *report) readRecipient(h textproto.Header) {
	r.action = strings.ToLower(strings.TrimSpace(h.Get("Action")))
	r.enhanced = readEnhanced(h.Get("Status"))
	kind, diagnostic, _ := strings.Cut(h.Get("Diagnostic-Code"), ";")
	if !strings.EqualFold(strings.TrimSpace(kind), "smtp") {
		return
	}
	fields := strings.Fields(diagnostic)
	if len(fields) == 0 {
		return
	}
	first, _, _ := strings.Cut(fields[0], "-") // "550-5.1.1": the first of many lines
	if code, err := strconv.Atoi(first); err == nil && code >= 200 && code < 600 {
		r.code = code
	}
}

// readEnhanced reads "5.1.1", with or without a comment; zero if it is none.
func readEnhanced(text string) (code smtp.EnhancedCode) {
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return code
	}
	parts := strings.Split(fields[0], ".")
	for i, part := range parts {
		n, err := strconv.Atoi(part)
		if err != nil || n < 0 || n > 999 || len(parts) != len(code) {
			return smtp.EnhancedCode{}
		}
		code[i] = n
	}
	return code
}

// read writes a delivery report into an update; false when it says nothing
// final, such as that a message is late.
func (r report) read(update *gateway.StatusUpdate) bool {
	switch r.action {
	case "delivered":
		update.Status = gateway.Delivered
	case "relayed", "expanded":
		update.Status = gateway.Sent
	case "failed":
		why := meaningOf(r.code, r.enhanced)
		update.Status, update.Code, update.Reason = gateway.Undelivered, statusCode(r.code, r.enhanced), why.reason
		// A temporary error that lasted too long ends in failure too (4.x.x):
		// the mailbox is still there.
		update.Gone = why.gone && r.enhanced[0] != 4
	default:
		return false
	}
	return true
}
