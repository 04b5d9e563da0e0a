// Lets colleagues know that somebody writes, every few seconds while they do.

const every = 3000; // ms

export function tellOfTyping(form, { fetch, now = Date.now }) {
  let told = -Infinity;
  form.addEventListener("input", () => {
    if (now() - told < every) return;
    told = now();
    const body = new URLSearchParams({ token: form.querySelector("[name=token]").value });
    fetch(form.dataset.typing, { method: "POST", body }).catch(() => {}); // a lost one is told again
  });
}
