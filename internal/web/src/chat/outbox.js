// What the visitor sent and the server has not acknowledged, kept while the
// tab lives, so that a reload or a lost connection loses nothing. It belongs to
// one visit: another visit in the same tab begins with nothing.

const key = "chat-outbox";

// openOutbox opens what is kept for a visit. Where a browser lets us keep
// nothing, which may be by refusing even the name sessionStorage, it lasts as
// long as the page.
export function openOutbox(environment, visit) {
  let messages = load(environment, visit); // [{id, text, files}], oldest first

  function save() {
    try {
      if (messages.length > 0) environment.sessionStorage.setItem(key, JSON.stringify({ visit, messages }));
      else environment.sessionStorage.removeItem(key);
    } catch {
      // full, or not allowed
    }
  }
  if (messages.length === 0) save(); // forget another visit's

  return {
    all: () => [...messages],
    find: (id) => messages.find((message) => message.id === id),
    add(message) {
      messages.push(message);
      save();
    },
    remove(id) {
      messages = messages.filter((message) => message.id !== id);
      save();
    },
    clear() {
      messages = [];
      save();
    },
  };
}

function load(environment, visit) {
  try {
    const kept = JSON.parse(environment.sessionStorage.getItem(key));
    return kept.visit === visit ? kept.messages : [];
  } catch {
    return [];
  }
}

// newID makes a message id that no other message of the visit has.
export function newID() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
