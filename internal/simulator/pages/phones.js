// The telephones: shows what the stream says, and posts what people type.

const main = document.querySelector("main");
const connection = document.getElementById("connection");
const clock = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", hour: "2-digit", minute: "2-digit" });
const day = new Intl.DateTimeFormat("en-GB", { timeZone: "Europe/London", weekday: "long", day: "numeric", month: "long" });

function element(name, className, words) {
  const made = document.createElement(name);
  made.className = className;
  if (words !== undefined) made.textContent = words;
  return made;
}

// linked makes links of the addresses in a text, as telephones do.
function linked(text) {
  return text.split(/(https?:\/\/\S+)/).map((part, i) => {
    if (i % 2 === 0) return part;
    const link = element("a", "", part);
    link.href = part;
    link.rel = "noreferrer";
    link.target = "_blank";
    return link;
  });
}

// show puts a bubble at the end of its list, or brings it up to date. The list
// hangs from the end of its thread (flex-direction in the style), so that the
// last text stays in view unless somebody scrolled away from it.
function show(list, text) {
  let item = [...list.children].find((child) => child.dataset.sid === text.sid);
  if (!item) {
    const today = day.format(new Date(text.at));
    if (list.dataset.day !== today) {
      list.dataset.day = today;
      list.append(element("li", "day", today));
    }
    item = element("li", "");
    item.dataset.sid = text.sid;
    const words = element("p", "words");
    words.append(...linked(text.words));
    words.prepend(element("span", "hidden", text.mine ? "Sent: " : "Received: "));
    item.append(words, element("p", "meta"));
    list.append(item);
  }
  item.className = ["bubble", text.mine ? "mine" : "theirs", text.failed ? "failed" : text.arrived ? "" : "on-its-way"].join(" ").trim();
  item.querySelector(".meta").textContent = `${clock.format(new Date(text.at))} · ${text.status} · ${text.parts}`;
}

function follow() {
  const stream = new EventSource(`/simulator/events?case=${encodeURIComponent(main.dataset.case)}`);
  stream.addEventListener("text", (event) => {
    const text = JSON.parse(event.data);
    document.querySelectorAll("[data-phone]").forEach((list) => {
      if (list.dataset.phone === text.phone) show(list, text);
    });
  });
  stream.addEventListener("ready", () => {
    connection.textContent = "";
    document.querySelectorAll(".thread").forEach((thread) => {
      thread.setAttribute("aria-busy", "false");
    });
  });
  stream.addEventListener("error", () => {
    connection.textContent = "Connecting again…";
  });
}

// post returns "" when all is well, else what is wrong in words.
async function post(address, fields) {
  try {
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams(fields) });
    return answer.ok ? "" : await answer.text();
  } catch {
    return "The simulator cannot be reached.";
  }
}

function noticeOf(control) {
  return control.closest(".person").querySelector(".notice");
}

document.querySelectorAll("form[data-send]").forEach((form) => {
  const box = form.elements.body;
  const fit = () => {
    box.rows = 1;
    while (box.rows < 5 && box.scrollHeight > box.clientHeight) box.rows += 1;
  };
  box.addEventListener("input", fit);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = box.value;
    box.value = "";
    fit();
    box.focus();
    form.closest(".screen").querySelector(".thread").scrollTop = 0; // the end of what hangs from its end
    noticeOf(form).textContent = await post(form.action, { body });
  });
});

document.querySelectorAll("form[data-start]").forEach((form) => {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const problem = await post(form.action, { dialog: form.elements.dialog.value });
    noticeOf(form).textContent = problem || "Conversation started.";
  });
});

follow();
