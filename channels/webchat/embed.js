// Puts the chat into the page, where the script element stands.
(function () {
  var frame = document.createElement("iframe");
  frame.src = "{ADDRESS}";
  frame.title = "Chat";
  frame.style.cssText = "width:100%;max-width:40rem;height:40rem;border:1px solid #8a9094";
  frame.referrerPolicy = "no-referrer";
  document.currentScript.after(frame);
})();
