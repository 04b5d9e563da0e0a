// Package email is the email channel: to a relay by SMTP, and from people by an
// SMTP or LMTP server of our own.
//
// Send composes a message as text and HTML, signs it and hands it to the relay.
// Server takes mail for three kinds of addresses: the one that people write to,
// reply+TOKEN for answers in a thread and bounce+TOKEN for what mail systems
// report. Who a message is from is believed only when SPF or DKIM shows it in
// alignment with the From address, as DMARC asks. Of what somebody writes only
// the new words are passed on. Handler serves the one-click unsubscribe page.
//
// Standards: RFC 5321 (SMTP), 2033 (LMTP), 3207 (STARTTLS), 4954 (AUTH), 5322
// and 2045 (messages), 6376 and 8463 (DKIM), 7208 (SPF), 7489 (DMARC), 8601
// (Authentication-Results), 3463 and 3464 (status codes, bounces), 5965
// (complaints), 3834 (automatic answers), 2369 and 8058 (unsubscribing).
//
// It leaves to others: when and whether to send (the safety gate), queues and
// retries (the gateway), delivery to the recipient's own server (the relay),
// filtering of spam, checks of attachments (Evidence).
package email
