package simulator

import (
	"strconv"
	"time"
	"unicode/utf8"
)

// appendResource appends a message as Twilio's Message resource in JSON. It is
// written by hand because a benchmark's gateway shares the processor with it.
// https://www.twilio.com/docs/messaging/api/message-resource
func (t *Twilio) appendResource(b []byte, m *Message) []byte {
	text := func(name, value string) {
		b = append(b, '"')
		b = append(b, name...)
		b = append(b, `":`...)
		b = appendJSONString(b, value)
		b = append(b, ',')
	}
	date := func(name string, at time.Time) {
		b = append(b, '"')
		b = append(b, name...)
		b = append(b, `":"`...)
		b = at.UTC().AppendFormat(b, time.RFC1123Z)
		b = append(b, `",`...)
	}
	uri := "/2010-04-01/Accounts/" + t.config.AccountSID + "/Messages/" + m.SID

	b = append(b, '{')
	text("sid", m.SID)
	text("account_sid", t.config.AccountSID)
	text("api_version", "2010-04-01")
	text("body", m.SMS.Text)
	text("num_segments", strconv.Itoa(m.SMS.Segments))
	text("num_media", strconv.Itoa(m.NumMedia))
	text("direction", string(m.Direction))
	text("from", m.From)
	text("to", m.To)
	text("status", string(m.Status))
	date("date_created", m.Created)
	date("date_updated", m.Updated)
	if m.Status == Queued {
		b = append(b, `"date_sent":null,`...)
	} else {
		date("date_sent", m.Updated)
	}
	if m.ErrorCode == 0 {
		b = append(b, `"error_code":null,"error_message":null,`...)
	} else {
		b = append(b, `"error_code":`...)
		b = strconv.AppendInt(b, int64(m.ErrorCode), 10)
		b = append(b, ',')
		text("error_message", "Error "+strconv.Itoa(m.ErrorCode))
	}
	b = append(b, `"price":null,"price_unit":"USD","messaging_service_sid":null,`...)
	text("uri", uri+".json")
	b = append(b, `"subresource_uris":{"media":`...)
	b = appendJSONString(b, uri+"/Media.json")
	return append(b, `}}`...)
}

// appendJSONString appends a JSON string (RFC 8259 section 7). Bytes that are
// not UTF-8 become U+FFFD.
func appendJSONString(b []byte, s string) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b = append(b, '\\', byte(r))
		case r == '\n':
			b = append(b, '\\', 'n')
		case r < ' ':
			b = append(b, '\\', 'u', '0', '0', hex[r>>4], hex[r&0xf])
		default:
			b = utf8.AppendRune(b, r)
		}
	}
	return append(b, '"')
}
