// Package channels is where the ways to reach a person live, one folder each.
// It holds no code of its own; this is how to add one.
//
//  1. Make a folder named after the channel, and give gateway/directory a
//     Channel constant of the same name.
//  2. Implement gateway.Channel. Its comments are the contract; the part to get
//     right first is Send's error. Refused and Retry promise that nothing has
//     left. Whatever is not certain is Lost: a person who gets no message is
//     called, one who gets the same message twice may be in danger.
//  3. A channel that people can answer on has a door: an http.Handler or a
//     listener that proves who calls before it believes a word, makes a
//     gateway.Inbound and hands it to a Receiver that the channel declares
//     itself, with the methods it needs (gateway.Gateway has them). The caller
//     is told "taken" only after Receive returned nil. A door does not look
//     for duplicates: the heart does, by the provider's id of the message,
//     which must therefore be the same each time and never another's.
//  4. Recognise the channel's own opt-out words as gateway.Keywords, and say
//     with SendError and StatusUpdate what the provider signals about an
//     address: opted out, gone.
//  5. Run channeltest.Run in a test, against something that speaks the
//     provider's protocol. It proves the contract, not the protocol.
//  6. Wire it in the main package.
//
// A channel keeps nothing: no queue, no retries, no table of its own. Errors
// and logs name ids and the provider's codes, never an address or a text. What
// it needs from outside (a clock, limits, credentials) it is given in a Config.
// Channels do not import each other.
package channels
