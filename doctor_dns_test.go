package main

import (
	"context"
	"crypto/ed25519"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"net"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

func TestDoctorLooksUpWhatEmailRestsOn(t *testing.T) {
	key := ed25519.NewKeyFromSeed(make([]byte, ed25519.SeedSize))
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	public := base64.StdEncoding.EncodeToString(key.Public().(ed25519.PublicKey))
	set := settings{
		MailDomain: "mail.example", MailListen: ":25", DKIMSelector: "p1",
		DKIMKey: string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})),
	}
	whole := map[string]string{
		"mail.example.": "v=spf1 mx -all", "_dmarc.mail.example.": "v=DMARC1; p=reject",
		"p1._domainkey.mail.example.": "v=DKIM1; k=ed25519; p=" + public, "MX mail.example.": "mx.mail.example.",
	}
	for _, test := range []struct{ name, record, instead, fault, mend string }{
		{"all records are there", "", "", "", ""},
		{"no SPF", "mail.example.", "some other text", "mail.example has no SPF record", "Add TXT mail.example"},
		{"no DMARC", "_dmarc.mail.example.", "", "_dmarc.mail.example has no DMARC record", "Add TXT _dmarc.mail.example"},
		{"no DKIM", "p1._domainkey.mail.example.", "", "has no DKIM record", "v=DKIM1; k=ed25519; p=" + public},
		{"another DKIM key", "p1._domainkey.mail.example.", "v=DKIM1; k=ed25519; p=AAAA", "has another key than PARLEY_DKIM_KEY", "p=" + public},
		{"nobody takes mail", "MX mail.example.", "", "mail.example has no MX record", "Add MX mail.example"},
	} {
		t.Run(test.name, func(t *testing.T) {
			zone := map[string]string{}
			for name, text := range whole {
				if name != test.record {
					zone[name] = text
				} else if test.instead != "" {
					zone[name] = test.instead
				}
			}
			err := set.checkDNS(t.Context(), nameServerOf(t, zone))
			if test.fault == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			if err == nil || len(faultsIn(err)) != 1 || !strings.Contains(err.Error(), test.fault) {
				t.Fatalf("it finds %v, want %q", err, test.fault)
			}
			if a, ok := faultsIn(err)[0].(*ailment); !ok || !strings.Contains(a.mend, test.mend) {
				t.Errorf("to mend it: %+v, want %q", a, test.mend)
			} else {
				publish(zone, a.mend)
			}
			if err := set.checkDNS(t.Context(), nameServerOf(t, zone)); err != nil {
				t.Errorf("mended as it says: %v", err)
			}
		})
	}
}

// publish puts into a zone the record that somebody is told to.
func publish(zone map[string]string, told string) {
	record := regexp.MustCompile(`(TXT|MX) (\S+)(?: "([^"]+)")?`).FindStringSubmatch(told)
	switch {
	case record == nil:
	case record[1] == "MX":
		zone["MX "+record[2]+"."] = "mx.mail.example."
	default:
		zone[record[2]+"."] = record[3]
	}
}

// nameServerOf answers for a zone on loopback (RFC 1035): TXT records by name,
// MX records by MX and name.
func nameServerOf(t *testing.T, zone map[string]string) *net.Resolver {
	t.Helper()
	listener, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for packet := make([]byte, 1500); ; {
			n, from, err := listener.ReadFrom(packet)
			if err != nil {
				return
			}
			if answer, err := answerFrom(zone, packet[:n]); err == nil {
				_, _ = listener.WriteTo(answer, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, "udp", listener.LocalAddr().String())
	}}
}

func answerFrom(zone map[string]string, packet []byte) ([]byte, error) {
	var query dnsmessage.Message
	if err := query.Unpack(packet); err != nil {
		return nil, err
	}
	question := query.Questions[0]
	answer := dnsmessage.Message{Questions: query.Questions[:1], Header: dnsmessage.Header{
		ID: query.ID, Response: true, Authoritative: true, RCode: dnsmessage.RCodeNameError}}
	name := question.Name.String()
	var body dnsmessage.ResourceBody
	if text, ok := zone[name]; ok && question.Type == dnsmessage.TypeTXT {
		body = &dnsmessage.TXTResource{TXT: []string{text}}
	}
	if host, ok := zone["MX "+name]; ok && question.Type == dnsmessage.TypeMX {
		body = &dnsmessage.MXResource{Pref: 10, MX: dnsmessage.MustNewName(host)}
	}
	if body != nil {
		answer.RCode = dnsmessage.RCodeSuccess
		answer.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: question.Name, Type: question.Type, Class: dnsmessage.ClassINET, TTL: 60}, Body: body}}
	}
	return answer.Pack()
}
