// Package channeltest is the suite that every channel passes: what
// gateway.Channel promises of sending, and what a channel's door owes to the
// gateway and to strangers. It proves the contract, not the provider's
// protocol; a channel's own tests do that.
//
// Run asks for a new Harness for each of its tests: the channel, connected to
// something that speaks the provider's protocol and misbehaves when told to,
// and ways to be the person at the far end. What cannot happen on a channel is
// left out of its harness, and those tests are not run.
package channeltest
