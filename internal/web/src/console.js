// The console's pages work without this. With it, what changes elsewhere shows
// at once.
import { listen } from "./console/live.js";
import { show } from "./console/fresh.js";
import { tellOfTyping } from "./console/typing.js";

const frame = document.querySelector("[data-events]");
if (frame) listen(frame.dataset.events, show(document), window);

for (const form of document.querySelectorAll("[data-typing]")) tellOfTyping(form, { fetch: (...args) => fetch(...args) });
