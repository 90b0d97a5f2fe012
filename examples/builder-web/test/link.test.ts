/**
 * Which addresses become links.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { isOfTheWeb, link } from "../src/link.js";

test("addresses of the web become links, others stay text", () => {
  for (const url of ["https://a.example/b?c#d", "http://localhost:3000/", "HTTPS://A.EXAMPLE"]) assert.ok(isOfTheWeb(url), url);
  for (const url of ["javascript:alert(1)", " javascript:alert(1)", "data:text/html,x", "file:///etc", "/preview", ""]) {
    assert.equal(link(url), url);
  }
});
