package main

import (
	"context"
	"net/url"
	"sync"

	"parley/channels/voice"
	"parley/gateway"
	"parley/internal/simulator"
	telephony "parley/internal/simulator/exchange"
)

// makeVoice answers calls to the number that the settings name.
func (p *parts) makeVoice() error {
	set := p.settings
	if set.TwilioAccount == "" || set.VoiceFrom == "" {
		return nil
	}
	var err error
	p.channels.voice, err = voice.New(voice.Config{
		AccountSID: set.TwilioAccount, AuthToken: set.TwilioToken, From: set.VoiceFrom,
		APIURL: set.TwilioAPIURL, PublicURL: set.PublicURL, Visits: p.store, Clock: p.now, Log: p.log,
	})
	return err
}

// takeCalls serves what the telephone network calls, once there is a gateway.
func (p *parts) takeCalls() {
	c := p.channels.voice
	if c == nil {
		return
	}
	p.switchboard = &gateway.Switchboard{Gateway: p.gateway, Calls: p.store, Recordings: p.channels.evidence}
	doors := c.Handler(p.switchboard)
	p.routes.Handle("/twilio/voice", doors)
	p.routes.Handle("/twilio/voice/", doors)
}

// seeToCalls fetches voicemails and ends calls that nobody is on any more, until
// the process stops.
func (p *parts) seeToCalls(ctx context.Context) {
	if p.switchboard == nil {
		return
	}
	background, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var running sync.WaitGroup
	running.Go(func() { p.channels.voice.Run(background, p.switchboard) })
	p.onStop(func(context.Context) { cancel(); running.Wait() })
}

// telephones is what the console does with calls.
type telephones struct {
	*voice.Channel
	*gateway.Switchboard
}

// The number of the demo that people call, and its caseworkers' telephone: the
// range that Ofcom keeps for drama.
const (
	demoLandline = "+441632960000"
	demoDesk     = "+441632960999"
)

// landlines has the demo's parents call, and its desk ring.
func (d *demo) landlines(p *parts) error {
	x, err := telephony.New(telephony.Config{
		AccountSID: demoAccount, AuthToken: demoToken, Number: demoLandline, GatewayURL: p.settings.PublicURL, NewSID: newSID,
		Sign: func(address string, form url.Values) string { return simulator.Sign(demoToken, address, form) },
	})
	if err != nil {
		return err
	}
	page, err := simulator.NewLandline(simulator.LandlineConfig{
		Exchange: x, Number: demoLandline, Desk: demoDesk, People: d.listPeople,
		Elsewhere: []simulator.Link{{Name: "Telephones", Path: "/simulator/"}, {Name: "Mailboxes", Path: "/simulator/mailbox"}, {Name: "Web chat", Path: "/chat"}},
	})
	if err != nil {
		return err
	}
	p.routes.Handle("/2010-04-01/Accounts/{account}/Calls.json", x)
	p.routes.Handle("/2010-04-01/Accounts/{account}/Recordings/", x)
	p.routes.Handle("/simulator/landline", page)
	p.routes.Handle("/simulator/landline/", page)
	return nil
}
