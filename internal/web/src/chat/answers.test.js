import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { answerText } from "./answers.js";

// The server is held to the same cases, see channels/webchat/answers_test.go.
const cases = JSON.parse(readFileSync(new URL("../../../../channels/webchat/testdata/answers.json", import.meta.url), "utf8"));

test("a form says what one would write", () => {
  for (const { kind, language, form, want } of cases) {
    const data = { get: (name) => form[name]?.[0] ?? null, getAll: (name) => form[name] ?? [] };
    const months = Array.from({ length: 12 }, (_, month) =>
      new Intl.DateTimeFormat(language, { month: "long", timeZone: "UTC" }).format(Date.UTC(2000, month)));
    assert.equal(answerText(kind, data, months), want);
  }
});
