// Draws the conversation. The list of messages is for the eyes and for reading
// back; a hidden log beside it has each new message announced once. Focus is
// moved only when the visitor sends a form, whose button then goes away.

let words = {};
let retry = () => {};
const drawn = new Map(); // list items by message id
let list, announcements, connection, question;

const element = (name, className, text) => {
  const made = document.createElement(name);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
};

// begin takes over the page that the server drew: the messages move above the
// form, where new ones come.
export function begin(options) {
  ({ words, retry } = options);
  question = document.getElementById("question");
  list = element("ol", "bubbles log");
  list.setAttribute("aria-label", words["so-far"]);
  announcements = element("div", "govuk-visually-hidden");
  announcements.setAttribute("role", "log");
  connection = element("p", "connection");
  connection.setAttribute("role", "status");
  document.querySelectorAll(".fresh, .earlier").forEach((section) => section.remove());
  question.before(announcements, list, connection);
  question.classList.add("question--live");
  options.entries.forEach((entry) => draw(entry));
}

function content(entry) {
  const parts = [element("span", "govuk-visually-hidden", `${entry.by_us ? words.we : words.you}: `)];
  if (entry.ask?.problem) parts.push(element("p", "", entry.ask.problem));
  parts.push(element("p", "", entry.text));
  if (entry.ask?.rows) {
    const rows = element("dl", "");
    for (const row of entry.ask.rows) rows.append(element("dt", "", row.label), element("dd", "", row.value));
    parts.push(rows);
  }
  return parts;
}

function draw(entry) {
  let item = drawn.get(entry.message);
  const isNew = !item;
  if (isNew) {
    item = element("li", "bubble");
    item.append(...content(entry));
    drawn.set(entry.message, item);
  }
  item.classList.toggle("bubble--mine", !entry.by_us);
  item.classList.toggle("bubble--asks", Boolean(entry.ask));
  if (entry.language) item.lang = entry.language;
  item.dataset.sequence = entry.sequence ?? "";
  place(item, entry.sequence);
  return isNew ? item : null;
}

// place keeps the order of the server; what it has not numbered yet is last.
function place(item, sequence) {
  const later = [...list.children].find((other) => other !== item && sequence !== undefined &&
    (other.dataset.sequence === "" || Number(other.dataset.sequence) > sequence));
  if (later) {
    if (item.nextElementSibling !== later) later.before(item);
  } else if (list.lastElementChild !== item) list.append(item);
}

// show draws an entry, or one of the visitor's own that is on its way. The same
// one again changes nothing that can be seen.
export function show(entry) {
  const near = nearEnd();
  const item = draw(entry);
  if (!item) return;
  item.classList.add("bubble--new");
  if (entry.by_us) announce(entry);
  if (near) follow();
}

function announce(entry) {
  const said = element("p", "", [entry.ask?.problem, entry.text, ...(entry.ask?.rows ?? []).map((row) => `${row.label}: ${row.value}`),
    (entry.ask?.options ?? []).map((option) => option.label).join(", ")].filter(Boolean).join(" "));
  if (entry.language) said.lang = entry.language;
  announcements.append(said);
  while (announcements.children.length > 20) announcements.firstElementChild.remove();
}

// mark says how far one of the visitor's own messages has come. That one was
// sent is said of the last one only.
export function mark(id, state) {
  const item = drawn.get(id);
  if (!item) return;
  if (state === "sent") list.querySelectorAll(".bubble--sent .bubble__state").forEach((line) => line.remove());
  item.classList.toggle("bubble--sent", state === "sent");
  item.querySelector(".bubble__state")?.remove();
  item.classList.toggle("bubble--failed", state === "failed");
  const line = element("p", "bubble__state", words[state]);
  if (state === "failed") {
    const again = element("button", "", words["try-again"]);
    again.type = "button";
    again.addEventListener("click", () => retry(id));
    line.append(again);
  }
  item.append(line);
  if (state === "failed") announcements.append(element("p", "", words.failed));
}

// typing says that an answer is on its way, for the eyes alone.
export function typing(on) {
  list.parentElement.querySelector(".typing")?.remove();
  if (!on) return;
  const line = element("p", "typing connection", words.typing);
  line.setAttribute("aria-hidden", "true");
  connection.before(line);
}

// status says whether the page is connected.
export function status(kind) {
  const text = kind === "online" ? "" : words.connecting;
  if (connection.textContent !== text) connection.textContent = text;
}

// ask puts the form of what is asked into its place. What the visitor is in
// the middle of entering is left to them.
export function ask(html) {
  const kept = isDirty();
  list.classList.toggle("log--whole", kept); // else the form shows what is asked last
  if (kept) return;
  const near = nearEnd();
  const parsed = new DOMParser().parseFromString(html, "text/html");
  question.replaceChildren(...parsed.body.childNodes);
  if (near) follow();
}

function isDirty() {
  return [...question.querySelectorAll("input:not([type=hidden]), textarea")].some((field) =>
    /^(radio|checkbox)$/.test(field.type) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue);
}

// sent is called once the visitor has sent a form: its fields are empty, and
// the focus waits where the next ones will be.
export function sent(form) {
  form.reset();
  if (question.contains(document.activeElement)) question.focus({ preventScroll: true });
}

// problem says why a form was not sent, at its field.
export function problem(form, text) {
  form.querySelectorAll(".govuk-error-message").forEach((old) => old.remove());
  const group = form.querySelector(".govuk-form-group") ?? form;
  const field = form.querySelector("textarea, input:not([type=hidden])");
  const line = element("p", "govuk-error-message", text);
  line.id = "answer-error";
  line.setAttribute("role", "alert");
  group.classList.add("govuk-form-group--error");
  (group.querySelector(".govuk-radios, .govuk-checkboxes, .govuk-date-input, .govuk-input__wrapper, textarea, input") ?? field)?.before(line);
  field?.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), line.id].filter(Boolean).join(" "));
}

const nearEnd = () => document.documentElement.scrollHeight - window.scrollY - window.innerHeight < 240;

function follow() {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  window.scrollTo({ top: document.documentElement.scrollHeight, behavior: calm ? "auto" : "smooth" });
}
