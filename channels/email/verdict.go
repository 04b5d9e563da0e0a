package email

import (
	"bytes"
	"context"
	"errors"
	"net"
	"slices"
	"strings"

	"blitiri.com.ar/go/spf"
	"github.com/emersion/go-message/mail"
	"github.com/emersion/go-msgauth/authres"
	"github.com/emersion/go-msgauth/dkim"
	"github.com/emersion/go-msgauth/dmarc"
	"golang.org/x/net/publicsuffix"
)

// Resolver looks up DNS; *net.Resolver is one.
type Resolver interface {
	LookupTXT(ctx context.Context, name string) ([]string, error)
	LookupMX(ctx context.Context, name string) ([]*net.MX, error)
	LookupIPAddr(ctx context.Context, host string) ([]net.IPAddr, error)
	LookupAddr(ctx context.Context, address string) ([]string, error)
}

// maxSignatures is how many DKIM signatures of a message are looked at: each
// costs a look-up.
const maxSignatures = 5

// verdict is what SPF, DKIM and DMARC say of a message's From address. Results
// are written as in Authentication-Results (RFC 8601 section 2.7).
type verdict struct {
	spf, dkim, dmarc string
	verified         bool // SPF or DKIM passed in alignment with From
	unknown          bool // a look-up failed that might have verified it
}

// String is the results, without anything personal.
func (v verdict) String() string { return "spf=" + v.spf + " dkim=" + v.dkim + " dmarc=" + v.dmarc }

// judge finds out whether a message is from whom it says. DMARC's rules of
// alignment hold for every domain, whether or not it asks for them (RFC 7489
// section 3.1).
func (s *Server) judge(ctx context.Context, a arrival, h mail.Header, from string) verdict {
	_, domain, _ := cutAddress(from)
	policy, dmarcErr := s.policy(ctx, domain)
	spfResult, spfDomain := s.checkSPF(ctx, a, h)
	signedBy, dkimResult := s.checkDKIM(ctx, a, h)

	byHost := spfResult == spf.Pass && aligned(spfDomain, domain, policy.SPFAlignment == dmarc.AlignmentStrict)
	bySignature := slices.ContainsFunc(signedBy, func(signer string) bool {
		return aligned(signer, domain, policy.DKIMAlignment == dmarc.AlignmentStrict)
	})
	v := verdict{spf: string(spfResult), dkim: dkimResult, dmarc: "fail", verified: byHost || bySignature}
	switch {
	case v.verified:
		v.dmarc = "pass"
	case errors.Is(dmarcErr, dmarc.ErrNoPolicy):
		v.dmarc = "none"
	}
	v.unknown = !v.verified && (spfResult == spf.TempError || dkimResult == "temperror")
	return v
}

// policy is what a domain, or the organisation it is of, asks for. Without an
// answer alignment is relaxed.
func (s *Server) policy(ctx context.Context, domain string) (*dmarc.Record, error) {
	options := &dmarc.LookupOptions{LookupTXT: s.lookup(ctx)}
	record, err := dmarc.LookupWithOptions(domain, options)
	if organisation := organisationOf(domain); err != nil && organisation != domain {
		record, err = dmarc.LookupWithOptions(organisation, options)
	}
	if err != nil {
		return &dmarc.Record{}, err
	}
	return record, nil
}

func (s *Server) lookup(ctx context.Context) func(string) ([]string, error) {
	return func(name string) ([]string, error) { return s.config.Resolver.LookupTXT(ctx, name) }
}

// checkSPF checks the host that the message came from, or reads what the mail
// server in front of us says of it.
func (s *Server) checkSPF(ctx context.Context, a arrival, h mail.Header) (result spf.Result, domain string) {
	if a.host == nil {
		return s.frontSPF(h)
	}
	_, domain, _ = cutAddress(a.from)
	result, _ = spf.CheckHostWithSender(a.host, a.helo, a.from, spf.WithContext(ctx), spf.WithResolver(s.config.Resolver))
	return result, domain
}

// frontSPF reads the SPF result in the uppermost results of the server in
// front; those below came with the message.
func (s *Server) frontSPF(h mail.Header) (spf.Result, string) {
	if s.config.Front == "" {
		return spf.None, ""
	}
	for _, field := range h.Values("Authentication-Results") {
		identifier, results, err := authres.Parse(field)
		if err != nil || !strings.EqualFold(identifier, s.config.Front) {
			continue
		}
		for _, result := range results {
			if found, ok := result.(*authres.SPFResult); ok {
				_, domain, written := cutAddress(found.From)
				if !written {
					domain = found.From
				}
				return spf.Result(found.Value), domain
			}
		}
		break
	}
	return spf.None, ""
}

// checkDKIM returns the domains whose signatures are good for this message to
// us, and the result in words.
func (s *Server) checkDKIM(ctx context.Context, a arrival, h mail.Header) (domains []string, result string) {
	signatures, err := dkim.VerifyWithOptions(bytes.NewReader(a.content), &dkim.VerifyOptions{
		LookupTXT: s.lookup(ctx), MaxVerifications: maxSignatures,
	})
	if err != nil && !errors.Is(err, dkim.ErrTooManySignatures) {
		return nil, "permerror"
	}
	result = "none"
	for _, signature := range signatures {
		switch {
		case signature.Err == nil && s.isToUs(h, signature):
			domains = append(domains, signature.Domain)
		case signature.Err == nil && result != "temperror":
			result = "policy" // RFC 8601 section 2.7.1: good, and not good enough
		case dkim.IsTempFail(signature.Err):
			result = "temperror"
		case result == "none":
			result = "fail"
		}
	}
	if len(domains) > 0 {
		result = "pass"
	}
	return domains, result
}

// isToUs guards against a signed message that its author sent to somebody else,
// and that they have passed on to us (RFC 6376 section 8.6): the signature must
// cover that it was written to us, and the Message-ID by which it is taken once.
func (s *Server) isToUs(h mail.Header, signature *dkim.Verification) bool {
	for _, name := range []string{"From", "To", "Message-Id"} {
		covered := slices.ContainsFunc(signature.HeaderKeys, func(key string) bool { return strings.EqualFold(key, name) })
		if !covered || len(h.Values(name)) != 1 {
			return false
		}
	}
	to, err := h.AddressList("To")
	return err == nil && slices.ContainsFunc(to, func(a *mail.Address) bool {
		_, err := s.channel.recipient(a.Address)
		return err == nil
	})
}

// aligned reports whether a domain that was shown speaks for that of the From
// address (RFC 7489 section 3.1): the same one, or relaxed of the same
// organisation.
func aligned(shown, from string, strict bool) bool {
	shown, from = strings.ToLower(strings.TrimSuffix(shown, ".")), strings.ToLower(from)
	if strict || shown == "" {
		return shown == from && shown != ""
	}
	return organisationOf(shown) == organisationOf(from)
}

// organisationOf is the domain that was registered (RFC 7489 section 3.2); a
// public suffix is its own.
func organisationOf(domain string) string {
	registered, err := publicsuffix.EffectiveTLDPlusOne(domain)
	if err != nil {
		return domain
	}
	return registered
}
