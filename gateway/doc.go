// Package gateway is the heart of Parley: a message comes in, one turn
// happens, messages go out.
//
// Three heads begin a turn: a person writes (Receive) or does something in web
// chat (Greet, Confirm, Leave), a caseworker starts a conversation (Start), time
// passes (Wake). One neck makes it: the state is
// loaded, dialogs.Advance says what happens, and the Store commits the turn
// with everything it caused in one transaction. One tail delivers: the Pump
// claims messages from the outbox, each passes the safety gate (Decide), and
// its Channel sends it; Settle moves its status forward.
//
// What the heart needs of the outside (Channel, Store, Sessions, Clock,
// Understanding) it declares here as interfaces whose comments are their
// contracts; gatewaytest holds the suites that prove an implementation.
// It reads no settings, opens no connections and knows no SQL.
package gateway
