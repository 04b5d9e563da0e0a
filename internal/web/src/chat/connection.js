// Speaks docs/webchat-protocol.md: keeps a page connected, resumes where it was
// cut off, and sends each message until it is acknowledged. Whatever happens in
// between, entries are handed on once each and in order.
import { newID, openOutbox } from "./outbox.js";

const firstWait = 500; // milliseconds before it connects again: doubled each time, and shortened by chance
const longestWait = 30_000;
const silence = 60_000; // without even a heartbeat the connection is dead
const unsentAfter = 30_000; // then a message counts as not sent, and is sent all the same when it can be
const busyWait = 3_000;
const typingFor = 8_000;

// Why the server closed, see the protocol.
const restart = 1012;
const ended = 4000;
const again = 4001;
const faults = new Set([1002, 1003, 1007, 1008, 1009]); // ours: not to be repeated at once

// connect begins, and goes on until stop or the end of the visit. Once it has
// returned, it calls
//   onEntry(entry)    with each entry once, in order, and with one of the
//                     visitor's own without a sequence as soon as it is sent
//   onMark(id, state) with "sending", "sent" or "failed"
//   onTyping(on)      when an answer is on its way, or no longer
//   onStatus(kind)    with "online" or "connecting"
//   onEnd()           when the visit is over
// The environment is the browser, or what a test has in its place.
export function connect({ url, epoch, after, onEntry, onMark, onTyping, onStatus, onEnd }, environment = globalThis) {
  const { WebSocket, setTimeout, clearTimeout, location } = environment;
  const random = environment.random ?? Math.random;
  const address = new URL(url, location.href);
  address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
  const outbox = openOutbox(environment, epoch.replace(/\+$/, ""));
  const lateTimers = new Map(); // by message id

  let socket = null; // the present one; what an earlier one still says is not heard
  let welcomed = false;
  let stopped = false;
  let wait = firstWait;
  let newestOfOurs = 0; // sequence
  let reconnecting, watching, typing;

  const write = (frame) => {
    if (welcomed) socket.send(JSON.stringify(frame));
  };
  const post = ({ id, text, files }) => write({ type: "message", id, text, files });

  function open() {
    clearTimeout(reconnecting);
    onStatus("connecting");
    const mine = new WebSocket(address.href);
    socket = mine;
    welcomed = false;
    watch();
    mine.onopen = () => mine.send(JSON.stringify({ type: "hello", epoch, after }));
    mine.onmessage = ({ data }) => {
      if (socket !== mine) return;
      watch();
      hear(JSON.parse(data));
    };
    mine.onclose = ({ code, reason }) => {
      if (socket === mine) closed(code, reason);
    };
  }

  function watch() {
    clearTimeout(watching);
    watching = setTimeout(() => reopen(), silence);
  }

  // reopen leaves a connection behind that may be dead, and begins another.
  function reopen() {
    if (stopped) return;
    const old = socket;
    socket = null;
    old?.close();
    open();
  }

  function closed(code, reason) {
    socket = null;
    welcomed = false;
    clearTimeout(watching);
    if (stopped) return;
    if (code === ended) {
      end();
      return;
    }
    onStatus("connecting");
    reconnecting = setTimeout(open, pause(code, reason));
  }

  function pause(code, reason) {
    if (code === again) return 0;
    const told = code === restart && /^resume in (\d+) ms$/.exec(reason);
    if (told) return Number(told[1]);
    if (faults.has(code)) wait = longestWait;
    const drawn = wait * (0.5 + random() / 2);
    wait = Math.min(2 * wait, longestWait);
    return drawn;
  }

  // A page that "Exit this page" has emptied is on its way elsewhere: nothing
  // may lead it back.
  function end() {
    stop();
    outbox.clear();
    if (!environment.document?.documentElement?.classList.contains("gone")) onEnd();
  }

  function hear(frame) {
    switch (frame.type) {
      case "welcome":
        welcome(frame);
        break;
      case "entries":
        show(frame);
        break;
      case "ack":
        settle(frame.id);
        break;
      case "nack":
        refused(frame);
        break;
      case "typing":
        if (frame.by_us && frame.sequence > newestOfOurs) showTyping(true);
        break;
    }
  }

  function welcome(frame) {
    epoch = frame.epoch;
    after = frame.after;
    welcomed = true;
    wait = firstWait;
    onStatus("online");
    outbox.all().filter((message) => !message.refused).forEach(send);
  }

  // show hands entries on. When they do not follow on what is there, the
  // connection begins anew and asks for what is missing.
  function show(frame) {
    if (frame.after > after) {
      reopen();
      return;
    }
    for (const entry of frame.entries) {
      if (entry.sequence <= after) continue;
      after = entry.sequence;
      if (entry.by_us) {
        newestOfOurs = entry.sequence;
        showTyping(false);
      }
      onEntry(entry);
    }
    if (environment.document?.visibilityState === "visible") write({ type: "read", sequence: after });
  }

  function showTyping(on) {
    clearTimeout(typing);
    if (on) typing = setTimeout(() => onTyping(false), typingFor);
    onTyping(on);
  }

  // send posts a message of the outbox, and says so if it takes too long.
  function send(message) {
    onMark(message.id, "sending");
    clearTimeout(lateTimers.get(message.id));
    lateTimers.set(message.id, setTimeout(() => onMark(message.id, "failed"), unsentAfter));
    post(message);
  }

  function settle(id) {
    clearTimeout(lateTimers.get(id));
    if (!outbox.find(id)) return;
    outbox.remove(id);
    onMark(id, "sent");
  }

  function refused({ id, reason }) {
    const message = outbox.find(id);
    if (!message) return;
    showTyping(false);
    if (reason === "long" || reason === "bad") {
      message.refused = true;
      clearTimeout(lateTimers.get(id));
      onMark(id, "failed");
      return;
    }
    setTimeout(() => outbox.find(id) && post(message), busyWait);
  }

  function stop() {
    stopped = true;
    [reconnecting, watching, typing, ...lateTimers.values()].forEach((timer) => clearTimeout(timer));
    environment.removeEventListener?.("online", reopen);
    socket?.close();
  }

  environment.addEventListener?.("online", reopen);
  reconnecting = setTimeout(() => {
    for (const { id, text } of outbox.all()) onEntry({ message: id, by_us: false, text });
    open();
  }, 0);

  return {
    // send takes a text, and the ids of files that go with it.
    send(text, files = []) {
      const message = { id: newID(), text, files };
      outbox.add(message);
      onEntry({ message: message.id, by_us: false, text });
      send(message);
    },
    // retry sends a message that counts as not sent once more.
    retry(id) {
      const message = outbox.find(id);
      if (!message) return;
      message.refused = false;
      send(message);
      if (!socket) open();
    },
    // typing tells the visit's other tabs that its visitor writes here.
    typing: () => write({ type: "typing" }),
    stop,
  };
}
