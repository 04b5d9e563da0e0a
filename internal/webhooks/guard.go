package webhooks

import (
	"context"
	"errors"
	"net/netip"
	"slices"
	"syscall"
)

// errPrivate says that an endpoint is at an address that is not public.
var errPrivate = errors.New("the address is not public")

// onlyPublic refuses to connect to what is not public. A net.Dialer asks it with
// the very address that it is about to connect to, whatever a name was said to
// stand for before.
func onlyPublic(_ context.Context, _, address string, _ syscall.RawConn) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil || !isPublic(at.Addr()) {
		return errPrivate
	}
	return nil
}

// Addresses of IPv4 that are not public, by the IANA IPv4 Special-Purpose
// Address Registry (RFC 6890).
var notPublic4 = prefixes(
	"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
	"192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
	"168.63.129.16/32", // Azure's own services, as seen by each of its machines
)

// Those of IPv6 are public that are global unicast (RFC 4291, section 2.4), but
// for protocols, documentation and 6to4 (RFC 2928, RFC 3849, RFC 9637, RFC 3056).
var (
	global6    = netip.MustParsePrefix("2000::/3")
	notPublic6 = prefixes("2001::/23", "2001:db8::/32", "3fff::/20", "2002::/16")
	nat64      = netip.MustParsePrefix("64:ff9b::/96") // RFC 6052: IPv4 in the last 4 bytes
)

func prefixes(texts ...string) []netip.Prefix {
	var all []netip.Prefix
	for _, text := range texts {
		all = append(all, netip.MustParsePrefix(text))
	}
	return all
}

// isPublic reports whether an address is one of the public internet.
func isPublic(a netip.Addr) bool {
	a = a.Unmap().WithZone("")
	if nat64.Contains(a) {
		bytes := a.As16()
		a = netip.AddrFrom4([4]byte(bytes[12:]))
	}
	within := func(p netip.Prefix) bool { return p.Contains(a) }
	if a.Is4() {
		return !slices.ContainsFunc(notPublic4, within)
	}
	return global6.Contains(a) && !slices.ContainsFunc(notPublic6, within)
}
