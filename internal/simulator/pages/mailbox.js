// The mailboxes: shows new mail as it comes. Everything else is plain forms.

const connection = document.getElementById("connection");

// renew brings one mailbox up to date, and whom its letter is to, without
// touching what is being typed.
function renew(box, now) {
  box.querySelector(".mails").replaceChildren(...now.querySelector(".mails").childNodes);
  const letter = box.querySelector(".letter");
  letter.querySelector(".to").replaceWith(now.querySelector(".letter .to"));
  letter.querySelector("[name=answers]")?.remove();
  const answers = now.querySelector(".letter [name=answers]");
  if (answers) letter.prepend(answers);
}

async function look() {
  try {
    const answer = await fetch(location.href);
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelectorAll(".mailbox");
    document.querySelectorAll(".mailbox").forEach((box, i) => {
      const now = fresh[i];
      if (now && now.querySelector(".mails").innerHTML !== box.querySelector(".mails").innerHTML) renew(box, now);
    });
    connection.textContent = "";
  } catch {
    connection.textContent = "Connecting again…";
  }
}

setInterval(look, 1500);
