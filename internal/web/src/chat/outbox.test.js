import assert from "node:assert/strict";
import test from "node:test";
import { newID, openOutbox } from "./outbox.js";

function memory() {
  const kept = new Map();
  return { sessionStorage: {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
    size: () => kept.size,
  } };
}

test("what is not acknowledged outlives the page", () => {
  const storage = memory();
  const before = openOutbox(storage, "V1");
  before.add({ id: "m1", text: "one", files: [] });
  before.add({ id: "m2", text: "two", files: ["F1"] });
  before.remove("m1");
  assert.deepEqual(openOutbox(storage, "V1").all(), [{ id: "m2", text: "two", files: ["F1"] }]);
});

test("another visit begins with nothing, and leaves nothing", () => {
  const storage = memory();
  openOutbox(storage, "V1").add({ id: "m1", text: "one", files: [] });
  assert.deepEqual(openOutbox(storage, "V2").all(), []);
  assert.equal(storage.sessionStorage.size(), 0);
});

test("cleared, nothing is kept", () => {
  const storage = memory();
  const outbox = openOutbox(storage, "V1");
  outbox.add({ id: "m1", text: "one", files: [] });
  outbox.clear();
  assert.equal(storage.sessionStorage.size(), 0);
});

test("where nothing can be kept, the page still works", () => {
  const refusing = { get sessionStorage() { throw new Error("no"); } };
  const outbox = openOutbox(refusing, "V1");
  outbox.add({ id: "m1", text: "one", files: [] });
  assert.equal(outbox.find("m1").text, "one");
});

test("ids are fit for the protocol, and differ", () => {
  const ids = new Set(Array.from({ length: 1000 }, newID));
  assert.equal(ids.size, 1000);
  for (const id of ids) assert.match(id, /^[0-9a-f]{32}$/);
});
