// The chat's page, live. Without this script it works as plain forms.
import { answerText } from "./chat/answers.js";
import { connect } from "./chat/connection.js";
import { exitThisPage } from "./chat/exit.js";
import * as view from "./chat/view.js";

const typingEvery = 3000; // milliseconds

const begin = JSON.parse(document.getElementById("begin")?.textContent ?? "null");
exitThisPage();
if (begin) live();

function live() {
  let newest = 0; // of our entries: only the last asks
  let connected = false; // ever: where it cannot be, forms go as they do without a script
  view.begin({ words: begin.words, entries: begin.entries, retry: (id) => connection.retry(id) });

  const connection = connect({
    url: "/chat/ws", epoch: begin.epoch, after: begin.after,
    onEntry(entry) {
      if (entry.by_us && entry.language !== document.documentElement.lang) location.reload();
      view.show(entry);
      if (!entry.by_us || entry.sequence <= newest) return;
      newest = entry.sequence;
      view.typing(false);
      refresh();
    },
    onMark: view.mark,
    onTyping: view.typing,
    onStatus(kind) {
      connected ||= kind === "online";
      view.status(kind);
    },
    onEnd: () => location.replace("/chat"),
  });

  // The form of what is asked is drawn by the server alone, once the words of
  // a turn are in.
  let waiting;
  function refresh() {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      try {
        const answer = await fetch("/chat/question");
        if (answer.ok) view.ask(await answer.text());
      } catch {
        waiting = setTimeout(refresh, 2000);
      }
    }, 60);
  }

  let typed = 0;
  document.addEventListener("input", () => {
    if (Date.now() - typed < typingEvery) return;
    typed = Date.now();
    connection.typing();
  });

  // The page came while an answer was awaited. Not everything has one.
  if (!document.querySelector("#question form")) waiting = setTimeout(refresh, 5000);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const kind = form.dataset.answer;
    if (kind === undefined || kind === "identity" || !connected) return;
    event.preventDefault();
    if (kind === "file" && form.enctype === "multipart/form-data") {
      sendFile(form);
      return;
    }
    const text = answerText(kind, new FormData(form, event.submitter), form.dataset.months?.split(" "));
    if (!text) {
      view.problem(form, begin.words["want-answer"]);
      return;
    }
    connection.send(text);
    view.sent(form);
  });

  // sendFile posts a file; it shows in the conversation like anything else.
  async function sendFile(form) {
    const button = form.querySelector("button");
    button.disabled = true;
    try {
      const answer = await fetch(form.action, { method: "POST", body: new FormData(form), headers: { Accept: "text/plain" } });
      if (answer.ok) view.sent(form);
      else view.problem(form, await answer.text());
    } catch {
      view.problem(form, begin.words["not-taken"]);
    }
    button.disabled = false;
  }
}
