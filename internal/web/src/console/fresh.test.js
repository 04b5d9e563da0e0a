import assert from "node:assert/strict";
import { test } from "node:test";
import { busy, matching } from "./fresh.js";

const part = (live, fields = []) => ({
  dataset: { live }, querySelectorAll: () => fields, contains: (other) => fields.includes(other),
});

test("news is shown in the parts that it is about", () => {
  const parts = [part("work"), part("task:T1 work"), part("task:T10")];
  assert.deepEqual(matching(parts, ["work"]), [parts[0], parts[1]]);
  assert.deepEqual(matching(parts, ["task:T1"]), [parts[1]]);
  assert.deepEqual(matching(parts, ["case:1"]), []);
});

test("a part in which somebody writes is left alone", () => {
  const blank = { tagName: "TEXTAREA", value: "", defaultValue: "" };
  const written = { tagName: "TEXTAREA", value: "half a", defaultValue: "" };
  const link = { tagName: "A", value: "", defaultValue: "" };
  assert.equal(busy(part("work", [blank]), null), false);
  assert.equal(busy(part("work", [blank]), blank), true);
  assert.equal(busy(part("work", [written]), null), true);
  assert.equal(busy(part("work", [link]), link), false);
});
