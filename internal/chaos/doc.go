// Package chaos hurts a gateway on purpose and judges what it did meanwhile. It
// plans faults from a seed, so that a bad hour can be had again; cuts, freezes
// and slows connections with a proxy on loopback; and compares what simulated
// parents said and heard with the rows of the gateway's database.
//
// It imports nothing of Parley: whoever judges a gateway with the gateway's own
// code finds what the gateway believes. Its SQL, its names and its rules are
// written a second time, from what is promised to parents. Who the parents are,
// what carriers do wrong and how a node is killed is left to the tests of
// package main.
package chaos
