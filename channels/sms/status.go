package sms

import (
	"strconv"

	"parley/gateway"
	"parley/gateway/directory"
)

// statusOf reads Twilio's status of an outgoing message; known is false for one
// that says nothing about it.
// https://www.twilio.com/docs/messaging/api/message-resource#message-status-values
func statusOf(status string) (_ gateway.Status, known bool) {
	switch status {
	case "accepted", "scheduled", "queued", "sending":
		return gateway.Accepted, true
	case "sent", "partially_delivered":
		return gateway.Sent, true
	case "delivered", "read":
		return gateway.Delivered, true
	case "undelivered":
		return gateway.Undelivered, true
	case "failed", "canceled":
		return gateway.Failed, true
	default:
		return "", false
	}
}

// statusUpdate reads a status callback for the message that its URL names;
// known is false when there is nothing in it to record.
func statusUpdate(id gateway.MessageID, fields map[string]string) (_ gateway.StatusUpdate, known bool) {
	code, err := strconv.Atoi(fields["ErrorCode"])
	if err != nil {
		code = 0
	}
	return updateOf(id, fields["MessageSid"], fields["MessageStatus"], code)
}

// updateOf is Twilio's word on a message: its status, and its error code or 0.
func updateOf(id gateway.MessageID, sid, twilioStatus string, code int) (_ gateway.StatusUpdate, known bool) {
	status, known := statusOf(twilioStatus)
	if !known {
		return gateway.StatusUpdate{}, false
	}
	update := gateway.StatusUpdate{Message: id, Channel: directory.SMS, ProviderID: sid, Status: status}
	if code != 0 {
		why := refusalOf(code)
		update.Code, update.Reason = strconv.Itoa(code), why.reason
		update.OptedOut, update.Gone, update.Suspended = why.optedOut, why.gone, why.suspended
	}
	return update, true
}
