// Shows what has changed: the figures, the live parts of the page, and words
// that screen readers read out.

// matching are the live parts of a page that news is about. data-live holds
// topics, like "work" or "case:300012345678", between spaces.
export function matching(parts, topics) {
  return parts.filter((part) => part.dataset.live.split(" ").some((topic) => topics.includes(topic)));
}

// busy reports whether somebody is writing in a part, which is then left alone.
export function busy(part, active) {
  if (active && active !== part && part.contains(active) && /^(TEXTAREA|INPUT|SELECT)$/.test(active.tagName)) return true;
  return [...part.querySelectorAll("textarea, input[type=text]")].some((field) => field.value !== field.defaultValue);
}

// sameAs selects in the fresh part what has the focus in the old one.
function sameAs(active) {
  if (active.id) return `#${CSS.escape(active.id)}`;
  const link = active.getAttribute("href");
  return link ? `a[href="${CSS.escape(link)}"]` : "";
}

// swap puts the fresh form of each part in its place, and returns those that
// could not be: somebody is writing there, or the page has none any more.
export function swap(parts, fresh, active) {
  return parts.filter((part) => {
    const now = fresh.getElementById(part.id);
    if (!now || busy(part, active)) return true;
    if (now.isEqualNode(part)) return false;
    const same = part.contains(active) ? sameAs(active) : "";
    part.replaceWith(now);
    if (same) now.querySelector(same)?.focus();
    return false;
  });
}

export function show(document) {
  const told = document.querySelector(".told");
  let wanted = new Set();
  let asking = false;
  const live = () => [...document.querySelectorAll("[data-live]")];

  const say = (words, alarm) => {
    const line = document.createElement("p");
    line.className = "told__words";
    line.textContent = words;
    told.classList.toggle("told--alarm", Boolean(alarm));
    told.replaceChildren(line);
    return line;
  };
  const lead = (line, words, address) => {
    const link = document.createElement("a");
    link.className = "govuk-link";
    link.href = address;
    link.textContent = words;
    line.append(" ", link);
  };
  const signedOut = () => lead(say(told.dataset.signedOut, true), told.dataset.signIn, "/console/sign-in");

  // ask loads the page anew, once for all that has changed meanwhile.
  const ask = async () => {
    if (asking) return;
    asking = true;
    try {
      while (wanted.size > 0) {
        const topics = [...wanted];
        wanted = new Set();
        const answer = await fetch(location.href, { headers: { "Parley-Live": "1" } });
        if (answer.status === 401) return signedOut();
        if (!answer.ok) return;
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
        const parts = matching(live(), topics);
        if (swap(parts, fresh, document.activeElement).length > 0) {
          lead(say(told.dataset.changed), told.dataset.show, location.href);
        }
      }
    } catch {
      // The network is away; the stream comes back with it, and tells again.
    } finally {
      asking = false;
    }
  };

  const news = (topics) => {
    if (matching(live(), topics).length === 0) return;
    for (const topic of topics) wanted.add(topic);
    ask();
  };

  let still = 0; // when whoever wrote last is taken to have stopped
  const typing = (name) => {
    const place = document.querySelector("#typing");
    if (!place) return;
    const words = place.dataset.words.replace("%s", name);
    if (place.textContent !== words) place.textContent = words;
    clearTimeout(still);
    still = setTimeout(() => place.replaceChildren(), 6000);
  };

  let offered = null; // how much was, when last told
  return {
    counts(counts) {
      for (const [name, count] of Object.entries(counts)) {
        for (const place of document.querySelectorAll(`[data-count="${name}"]`)) {
          place.textContent = String(count);
          if (place.matches(".count")) place.hidden = count === 0;
        }
      }
      if (offered !== null && counts.offered > offered) lead(say(told.dataset.offered), told.dataset.show, "/console/work");
      offered = counts.offered;
    },
    news,
    typing,
    missed: () => news(live().flatMap((part) => part.dataset.live.split(" "))),
    signedOut,
  };
}
