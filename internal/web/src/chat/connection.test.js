import assert from "node:assert/strict";
import test from "node:test";
import { connect } from "./connection.js";

// A browser, with a clock that the test moves and sockets that it answers.
function browser(storage = memory()) {
  let now = 0;
  let timers = [];
  const world = {
    sockets: [],
    location: { href: "https://chat.example/chat" },
    document: { visibilityState: "hidden" },
    sessionStorage: storage,
    random: () => 1,
    setTimeout(run, after) {
      const timer = { run, at: now + after };
      timers.push(timer);
      return timer;
    },
    clearTimeout(timer) {
      timers = timers.filter((other) => other !== timer);
    },
    pass(milliseconds) {
      const until = now + milliseconds;
      for (;;) {
        const next = timers.filter((timer) => timer.at <= until).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        now = next.at;
        world.clearTimeout(next);
        next.run();
      }
      now = until;
    },
    WebSocket: class {
      constructor(address) {
        this.address = address;
        this.sent = [];
        this.isOpen = true;
        world.sockets.push(this);
      }
      send(text) {
        this.sent.push(JSON.parse(text));
      }
      close() {
        this.isOpen = false;
      }
      get messages() {
        return this.sent.filter((frame) => frame.type === "message").map((frame) => frame.text);
      }
    },
    get socket() {
      return world.sockets.at(-1);
    },
    says(frame) {
      world.socket.onmessage({ data: JSON.stringify(frame) });
    },
    welcomes(after = 0, epoch = "V1") {
      world.socket.onopen();
      world.says({ type: "welcome", epoch, after });
    },
    cuts(code = 1006, reason = "") {
      world.socket.onclose({ code, reason });
    },
  };
  return world;
}

function memory() {
  const kept = new Map();
  return { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value), removeItem: (key) => kept.delete(key) };
}

// page connects and writes down what it is told.
function page(world, after = 0) {
  const seen = { texts: [], marks: [], typing: [], status: [], ended: 0 };
  const connection = connect({
    url: "/chat/ws", epoch: "V1", after,
    onEntry: (entry) => entry.sequence && seen.texts.push(entry.text),
    onMark: (id, state) => seen.marks.push(state),
    onTyping: (on) => seen.typing.push(on),
    onStatus: (kind) => seen.status.push(kind),
    onEnd: () => (seen.ended += 1),
  }, world);
  world.pass(0);
  return { connection, seen };
}

const entries = (after, ...texts) => ({
  type: "entries", after, entries: texts.map((text, i) => ({ sequence: after + i + 1, message: `s${after + i + 1}`, by_us: true, text })),
});

test("it says hello where the page is, over TLS where the page is", () => {
  const world = browser();
  page(world, 3);
  world.welcomes(3);
  assert.equal(world.socket.address, "wss://chat.example/chat/ws");
  assert.deepEqual(world.socket.sent, [{ type: "hello", epoch: "V1", after: 3 }]);
});

test("entries come once each and in order, whatever is repeated", () => {
  const world = browser();
  const { seen } = page(world);
  world.welcomes();
  world.says(entries(0, "one", "two"));
  world.says(entries(0, "one", "two"));
  world.says(entries(1, "two", "three"));
  assert.deepEqual(seen.texts, ["one", "two", "three"]);
});

test("a gap is asked for", () => {
  const world = browser();
  const { seen } = page(world);
  world.welcomes();
  world.says(entries(0, "one"));
  world.says(entries(2, "three"));
  assert.equal(world.sockets.length, 2);
  world.welcomes(1);
  assert.deepEqual(world.socket.sent[0], { type: "hello", epoch: "V1", after: 1 });
  world.says(entries(1, "two", "three"));
  assert.deepEqual(seen.texts, ["one", "two", "three"]);
});

test("nothing is called before connect has returned", () => {
  const world = browser();
  const fail = () => assert.fail("called too early");
  connect({ url: "/chat/ws", epoch: "V1", after: 0, onEntry: fail, onMark: fail, onTyping: fail, onStatus: fail, onEnd: fail }, world);
  assert.equal(world.sockets.length, 0);
});

test("an epoch that is new begins anew", () => {
  const world = browser();
  const { seen } = page(world, 2);
  world.welcomes(0, "V1+");
  world.says(entries(0, "one", "your balance"));
  assert.deepEqual(seen.texts, ["one", "your balance"]);
});

test("a message is sent until it is acknowledged", () => {
  const world = browser();
  const { connection, seen } = page(world);
  connection.send("hello"); // not welcomed yet
  world.welcomes();
  assert.deepEqual(world.socket.messages, ["hello"]);
  const { id } = world.socket.sent[1];
  world.cuts();
  world.pass(500);
  world.welcomes();
  assert.deepEqual(world.socket.messages, ["hello"]);
  assert.equal(world.socket.sent[1].id, id);
  world.says({ type: "ack", id });
  world.says({ type: "ack", id });
  assert.equal(seen.marks.at(-1), "sent");
  assert.equal(seen.marks.filter((state) => state === "sent").length, 1);
  world.cuts();
  world.pass(500);
  world.welcomes();
  assert.deepEqual(world.socket.messages, []);
});

test("a message outlives the page", () => {
  const world = browser();
  page(world).connection.send("hello");
  const later = browser(world.sessionStorage);
  page(later);
  later.welcomes();
  assert.deepEqual(later.socket.messages, ["hello"]);
});

test("a message that stays unsent says so, and can be tried again", () => {
  const world = browser();
  const { connection, seen } = page(world);
  connection.send("hello");
  world.pass(30_000);
  assert.equal(seen.marks.at(-1), "failed");
  world.welcomes();
  const { id } = world.socket.sent[1];
  connection.retry(id);
  assert.equal(seen.marks.at(-1), "sending");
  world.says({ type: "ack", id });
  assert.equal(seen.marks.at(-1), "sent");
});

test("what was refused", async (t) => {
  for (const [reason, resent, state] of [["busy", 2, "sending"], ["failed", 2, "sending"], ["long", 1, "failed"], ["bad", 1, "failed"]]) {
    await t.test(reason, () => {
      const world = browser();
      const { connection, seen } = page(world);
      world.welcomes();
      connection.send("hello");
      world.says({ type: "nack", id: world.socket.sent[1].id, reason });
      world.pass(3_000);
      assert.equal(world.socket.messages.length, resent);
      assert.equal(seen.marks.at(-1), state);
    });
  }
});

test("it waits longer each time, up to half a minute", () => {
  const world = browser();
  page(world);
  for (const wait of [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]) {
    const before = world.sockets.length;
    world.cuts();
    world.pass(wait - 1);
    assert.equal(world.sockets.length, before, `within ${wait} ms`);
    world.pass(1);
    assert.equal(world.sockets.length, before + 1, `after ${wait} ms`);
  }
  world.welcomes();
  world.cuts();
  world.pass(500);
  assert.equal(world.sockets.length, 10, "it was welcomed: from the beginning");
});

test("why it was closed decides when it comes back", async (t) => {
  for (const [name, code, reason, wait] of [
    ["the node stops", 1012, "resume in 1234 ms", 1234],
    ["more may be shown", 4001, "", 0],
    ["our own fault", 1008, "", 30_000],
    ["too slow", 1013, "", 500],
  ]) {
    await t.test(name, () => {
      const world = browser();
      page(world);
      world.welcomes();
      world.cuts(code, reason);
      if (wait > 0) world.pass(wait - 1);
      assert.equal(world.sockets.length, 1);
      world.pass(1);
      assert.equal(world.sockets.length, 2);
    });
  }
});

test("the end of the visit is the end", () => {
  const world = browser();
  const { connection, seen } = page(world);
  world.welcomes();
  connection.send("hello");
  world.cuts(4000);
  world.pass(120_000);
  assert.equal(seen.ended, 1);
  assert.equal(world.sockets.length, 1);
  assert.equal(world.sessionStorage.getItem("chat-outbox"), null);
});

test("a page that was exited is not led back", () => {
  const world = browser();
  world.document.documentElement = { classList: { contains: (name) => name === "gone" } };
  const { seen } = page(world);
  world.welcomes();
  world.cuts(4000);
  assert.equal(seen.ended, 0);
  world.pass(120_000);
  assert.equal(world.sockets.length, 1);
});

test("silence means that the connection is dead", () => {
  const world = browser();
  page(world);
  world.welcomes();
  world.pass(50_000);
  world.says({ type: "beat" });
  world.pass(59_999);
  assert.equal(world.sockets.length, 1);
  world.pass(1);
  assert.equal(world.sockets.length, 2);
});

test("an answer on its way shows until it is there, or does not come", () => {
  const world = browser();
  const { seen } = page(world);
  world.welcomes();
  world.says({ type: "typing", by_us: true, sequence: 1 });
  assert.deepEqual(seen.typing, [true]);
  world.says(entries(0, "said", "answer"));
  assert.deepEqual(seen.typing, [true, false, false]);
  world.says({ type: "typing", by_us: true, sequence: 1 }); // of before the answer
  assert.equal(seen.typing.at(-1), false);
  world.says({ type: "typing", by_us: true, sequence: 3 });
  world.pass(8_000);
  assert.equal(seen.typing.at(-1), false);
});

test("what is shown is marked as read while the page is looked at", () => {
  const world = browser();
  page(world);
  world.welcomes();
  world.says(entries(0, "one"));
  world.document.visibilityState = "visible";
  world.says(entries(1, "two"));
  assert.deepEqual(world.socket.sent.slice(1), [{ type: "read", sequence: 2 }]);
});

test("stopped, it is silent", () => {
  const world = browser();
  const { connection } = page(world);
  world.welcomes();
  connection.stop();
  world.cuts();
  world.pass(120_000);
  assert.equal(world.sockets.length, 1);
});
