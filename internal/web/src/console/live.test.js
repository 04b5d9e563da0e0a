import assert from "node:assert/strict";
import { test } from "node:test";
import { listen } from "./live.js";

// A window whose page can be hidden, and the streams that were opened in it.
function room() {
  const streams = [];
  const heard = {};
  const told = [];
  class EventSource {
    constructor(address) {
      Object.assign(this, { address, on: {}, closed: false });
      streams.push(this);
    }
    addEventListener(name, then) { this.on[name] = then; }
    close() { this.closed = true; }
  }
  const document = { visibilityState: "visible", addEventListener: (name, then) => { heard[name] = then; } };
  const shown = {
    counts: (counts) => told.push(["counts", counts]), news: (topics) => told.push(["news", topics]),
    missed: () => told.push(["missed"]), signedOut: () => told.push(["signed out"]),
  };
  listen("/events", shown, { EventSource, document, addEventListener: (name, then) => { heard[name] = then; } });
  return { streams, heard, told, document };
}

test("a page opens one stream and shows what it tells", () => {
  const { streams, heard, told } = room();
  heard.focus();
  assert.equal(streams.length, 1);
  streams[0].on.open();
  streams[0].on.counts({ data: '{"mine":2}' });
  streams[0].on.news({ data: '["work"]' });
  assert.deepEqual(told, [["counts", { mine: 2 }], ["news", ["work"]]]);
});

test("one that was told to rest asks again once somebody looks, and for what it missed", () => {
  const { streams, heard, told, document } = room();
  streams[0].on.open();
  document.visibilityState = "hidden";
  streams[0].on.rest();
  heard.visibilitychange();
  assert.equal(streams.length, 1);
  document.visibilityState = "visible";
  heard.visibilitychange();
  assert.equal(streams.length, 2);
  streams[1].on.open();
  assert.deepEqual(told, [["missed"]]);
});

test("the end of the session ends the stream", () => {
  const { streams, told } = room();
  streams[0].on["signed-out"]();
  assert.equal(streams[0].closed, true);
  assert.deepEqual(told, [["signed out"]]);
});
