// What a form's fields say, as the visitor would have written it. The server
// does the same for forms that come without a script, see answerText in
// channels/webchat/answers.go.

const between = { many: ", ", address: ", " };

function namedMonth(fields, months) {
  const month = Number(fields[1]);
  if (fields.length !== 3 || fields[1].trim() === "" || !Number.isInteger(month) || month < 1 || month > 12) return fields;
  return [fields[0], months[month - 1], fields[2]];
}

// answerText returns "" when nothing was entered. The data are a FormData, or
// anything with its get and getAll; months are the names of the twelve, for a
// date.
export function answerText(kind, data, months) {
  for (const name of ["say", "own"]) {
    const words = (data.get(name) ?? "").trim();
    if (words) return words;
  }
  const fields = data.getAll("answer");
  return (kind === "date" ? namedMonth(fields, months) : fields)
    .map((field) => field.trim())
    .filter(Boolean)
    .join(between[kind] ?? " ");
}
