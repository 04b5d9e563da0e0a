// "Exit this page", as the GOV.UK Design System has it: by button, or by Shift
// three times within five seconds. The page is emptied before anything else,
// then the server ends the visit, and the browser is led to another site in
// place of this page.

const within = 5000; // milliseconds

// leave empties the page and goes away. Nothing of the chat is left to go back
// to, or to read in this browser.
function leave(address) {
  document.documentElement.classList.add("gone");
  document.title = "";
  navigator.sendBeacon("/chat/exit", new URLSearchParams());
  try {
    sessionStorage.clear();
  } catch {
    // A browser that lets us keep nothing has nothing to forget.
  }
  document.body.replaceChildren();
  try {
    window.top.location.replace(address);
  } catch {
    location.replace(address); // inside a frame whose page may not be left from here
  }
}

// exitThisPage brings the page's button and the Shift key to life. Each press
// says how many more it takes.
export function exitThisPage() {
  const form = document.querySelector("form[data-exit]");
  if (!form) return;
  const words = form.querySelector(".exit__presses");
  let presses = 0;
  let forget;

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    leave(form.dataset.exit);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Shift") presses = 0; // it makes a capital letter
  });
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") return;
    presses += 1;
    clearTimeout(forget);
    forget = setTimeout(() => {
      presses = 0;
      words.textContent = "";
    }, within);
    if (presses >= 3) leave(form.dataset.exit);
    else words.textContent = presses === 1 ? form.dataset.first : form.dataset.second;
  });
  // A page that the browser kept whole shows nothing when it comes back.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload();
  });
}
