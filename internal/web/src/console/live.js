// Hears of changes: one stream of events for each open page, which the server
// may tell to rest until somebody looks at the page again.

// listen has shown told of counts, news, what may have been missed and the end
// of the session.
export function listen(address, shown, { EventSource, document, addEventListener }) {
  let stream = null;
  let opened = false; // ever: later, something may have been missed

  const rest = () => {
    stream?.close();
    stream = null;
  };
  const wake = () => {
    if (stream || document.visibilityState === "hidden") return;
    stream = new EventSource(address);
    stream.addEventListener("open", () => {
      if (opened) shown.missed();
      opened = true;
    });
    stream.addEventListener("counts", ({ data }) => shown.counts(JSON.parse(data)));
    stream.addEventListener("news", ({ data }) => shown.news(JSON.parse(data)));
    stream.addEventListener("typing", ({ data }) => shown.typing(JSON.parse(data)));
    stream.addEventListener("rest", rest);
    stream.addEventListener("signed-out", () => {
      rest();
      shown.signedOut();
    });
  };
  document.addEventListener("visibilitychange", wake);
  addEventListener("focus", wake);
  addEventListener("pagehide", rest); // a page in the back/forward cache is not open
  addEventListener("pageshow", wake);
  wake();
}
