package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strings"

	"parley/channels/email"
)

// checkGateway asks the gateway of this machine whether it is ready.
func (s settings) checkGateway(ctx context.Context) error {
	host, port, err := net.SplitHostPort(s.Address)
	if err != nil {
		return ails(err, "Correct PARLEY_ADDRESS: HOST:PORT.")
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost" // it listens everywhere
	}
	status, err := get(ctx, "http://"+net.JoinHostPort(host, port)+"/readyz")
	if err != nil {
		return ails(err, "Start it: parley serve, and read its log. Before it is to run: parley doctor --before.")
	}
	if status != http.StatusOK {
		return ails(fmt.Errorf("it answers %d %s", status, http.StatusText(status)), "Mend the database first; the gateway is ready by itself then.")
	}
	return nil
}

// checkPublic follows PARLEY_PUBLIC_URL as Twilio and people do, from here.
func (s settings) checkPublic(ctx context.Context) error {
	if s.PublicURL == "http://"+s.Address {
		return nil // it is where the gateway listens
	}
	public, err := url.Parse(s.PublicURL)
	if err != nil || public.Host == "" || strings.HasSuffix(s.PublicURL, "/") {
		return ails(fmt.Errorf("PARLEY_PUBLIC_URL %q is no address", s.PublicURL), "Write it like https://parley.example, with no slash at its end.")
	}
	if ip := net.ParseIP(public.Hostname()); public.Scheme != "https" && (ip == nil || !ip.IsLoopback()) {
		return ails(errors.New("PARLEY_PUBLIC_URL does not begin with https"), "Put a proxy with a certificate in front, and write https:// as Twilio calls it.")
	}
	status, err := get(ctx, s.PublicURL+"/readyz")
	switch {
	case err != nil:
		return ails(err, "Look at the name's DNS record, the proxy, its certificate and the firewall: this is where Twilio posts what people write.")
	case status != http.StatusOK && status != http.StatusServiceUnavailable:
		return ails(fmt.Errorf("it answers %d %s", status, http.StatusText(status)), "Have the proxy pass every path on to PARLEY_ADDRESS as it is, the Host header too.")
	}
	return nil
}

func get(ctx context.Context, address string) (status int, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, err
	}
	return response.StatusCode, response.Body.Close()
}

// checkRelay looks whether the server that takes our email is there.
func (s settings) checkRelay(ctx context.Context) error {
	connection, err := new(net.Dialer).DialContext(ctx, "tcp", s.MailRelay)
	if err != nil {
		return ails(err, "Start the relay, or correct PARLEY_SMTP_RELAY (host:port, 587 as a rule), or let this machine through to it.")
	}
	return connection.Close()
}

// checkScanner has something harmless scanned.
func (s settings) checkScanner(ctx context.Context) error {
	_, err := scannerOf(s.Clamd).Scan(ctx, []byte("nothing"))
	return ails(err, "Start clamd, or correct PARLEY_CLAMD. Until then files are not taken.")
}

// checkDNS looks up the records without which our email is refused or taken for
// spam: SPF (RFC 7208), DKIM (RFC 6376), DMARC (RFC 7489) and, where we take
// email ourselves, MX (RFC 5321 section 5).
func (s settings) checkDNS(ctx context.Context, names *net.Resolver) error {
	var faults []error
	missing := func(name, kind, mend string, args ...any) {
		faults = append(faults, ails(fmt.Errorf("%s has no %s record", name, kind), mend, args...))
	}
	if _, ok := record(ctx, names, s.MailDomain, "v=spf1"); !ok {
		missing(s.MailDomain, "SPF", "Add TXT %s \"v=spf1 … -all\" that names the relay's hosts.", s.MailDomain)
	}
	policy := "_dmarc." + s.MailDomain
	if _, ok := record(ctx, names, policy, "v=DMARC1"); !ok {
		missing(policy, "DMARC", "Add TXT %s \"v=DMARC1; p=reject; rua=mailto:…\".", policy)
	}
	if s.DKIMKey != "" {
		faults = append(faults, s.checkDKIM(ctx, names))
	}
	if s.MailListen != "" {
		if hosts, err := names.LookupMX(ctx, s.MailDomain); err != nil || len(hosts) == 0 {
			missing(s.MailDomain, "MX", "Add MX %s that names this machine, or people's answers do not come.", s.MailDomain)
		}
	}
	return errors.Join(faults...)
}

// checkDKIM compares the key that signs our email with the one that is published.
func (s settings) checkDKIM(ctx context.Context, names *net.Resolver) error {
	key, err := email.ParseSigningKey([]byte(s.DKIMKey))
	if err != nil {
		return ails(err, "PARLEY_DKIM_KEY is to be a PEM key, RSA or Ed25519.")
	}
	name := s.DKIMSelector + "._domainkey." + s.MailDomain
	var public []byte
	kind := "rsa"
	switch own := key.Public().(type) {
	case ed25519.PublicKey: // RFC 8463 section 4.2: the bare key
		public, kind = own, "ed25519"
	case *rsa.PublicKey:
		if public, err = x509.MarshalPKIXPublicKey(own); err != nil {
			return err
		}
	}
	mend := fmt.Sprintf("Publish TXT %s \"v=DKIM1; k=%s; p=%s\".", name, kind, base64.StdEncoding.EncodeToString(public))
	published, ok := record(ctx, names, name, "p=")
	if !ok {
		return ails(fmt.Errorf("%s has no DKIM record", name), "%s", mend)
	}
	for tag := range strings.SplitSeq(published, ";") {
		if value, is := strings.CutPrefix(strings.TrimSpace(tag), "p="); is {
			there, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(value), ""))
			if err == nil && bytes.Equal(there, public) {
				return nil
			}
		}
	}
	return ails(fmt.Errorf("%s has another key than PARLEY_DKIM_KEY: every signature of ours is wrong", name), "%s", mend)
}

// record finds the first TXT record of a name that holds a mark.
func record(ctx context.Context, names *net.Resolver, name, mark string) (string, bool) {
	texts, err := names.LookupTXT(ctx, name)
	if err != nil {
		return "", false
	}
	for _, text := range texts {
		if strings.Contains(text, mark) {
			return text, true
		}
	}
	return "", false
}
