package webhooks

import (
	"net/netip"
	"testing"
	"time"
)

func TestPublicAddresses(t *testing.T) {
	for address, public := range map[string]bool{
		"8.8.8.8": true, "1.1.1.1": true, "172.15.0.1": true, "172.32.0.1": true, "100.63.0.1": true, "100.128.0.1": true, "192.0.1.1": true,
		"2606:4700::1111": true, "2a00:1450::1": true, "64:ff9b::808:808": true, "::ffff:8.8.8.8": true,

		"127.0.0.1": false, "127.8.8.8": false, "0.0.0.0": false, "10.1.2.3": false, "172.16.0.1": false, "172.31.255.255": false, "192.168.1.1": false,
		"100.64.0.1": false, "100.100.100.200": false, "169.254.169.254": false, "168.63.129.16": false, "192.0.0.192": false,
		"224.0.0.1": false, "255.255.255.255": false, "198.18.0.1": false, "203.0.113.1": false,
		"::": false, "::1": false, "fe80::1": false, "fe80::1%eth0": false, "fc00::1": false, "fd00:ec2::254": false, "fec0::1": false, "ff02::1": false,
		"::ffff:127.0.0.1": false, "::ffff:169.254.169.254": false, "::127.0.0.1": false,
		"64:ff9b::7f00:1": false, "64:ff9b::a9fe:a9fe": false, "64:ff9b:1::1": false, "2002:7f00:1::": false, "2001::1": false, "2001:db8::1": false,
	} {
		if got := isPublic(netip.MustParseAddr(address)); got != public {
			t.Errorf("%s: public is %v", address, got)
		}
	}
	for _, odd := range []string{"", "somewhere:443", "127.0.0.1", "8.8.8.8"} {
		if onlyPublic(t.Context(), "tcp", odd, nil) == nil {
			t.Errorf("%q is connected to", odd)
		}
	}
}

// Ten tries over some 75 hours, spread by a tenth either way.
func TestWaits(t *testing.T) {
	for _, c := range []struct {
		chance      float64
		least, most time.Duration
	}{
		{0, 67 * time.Hour, 69 * time.Hour}, {0.5, 75 * time.Hour, 76 * time.Hour}, {0.999, 82 * time.Hour, 84 * time.Hour},
	} {
		var all time.Duration
		tries := 1
		for ; ; tries++ {
			wait, more := waitAfter(tries, c.chance)
			if !more {
				break
			}
			if wait <= 0 {
				t.Errorf("no wait after try %d", tries)
			}
			all += wait
		}
		if tries != 10 || all < c.least || all > c.most {
			t.Errorf("%d tries over %v with chance %v", tries, all, c.chance)
		}
	}
}
