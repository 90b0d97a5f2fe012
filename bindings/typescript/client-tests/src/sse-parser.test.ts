// The SSE parser, on chunks that end anywhere.
import assert from "node:assert/strict";
import { test } from "node:test";

import { SseParser, type SseSink } from "../../../../codegen/src/backend/typescript/runtime/client/sse-parser.js";

type Told = [what: string, ...values: unknown[]];

function parse(chunks: readonly Uint8Array[], maxLength = 1_000): Told[] {
  const told: Told[] = [];
  const sink: SseSink = {
    frame: ({ name, data }) => told.push(["frame", name, data]),
    position: (id) => told.push(["position", id]),
    retry: (delayMs) => told.push(["retry", delayMs]),
    unreadable: (message) => told.push(["unreadable", message]),
  };
  const parser = new SseParser(sink, maxLength);
  for (const chunk of chunks) parser.push(chunk);
  return told;
}

/** Parses the text whole, byte by byte, and cut at every place. */
function check(text: string | Uint8Array, expected: Told[], maxLength?: number): void {
  const bytes = typeof text === "string" ? new TextEncoder().encode(text) : text;
  assert.deepEqual(parse([bytes], maxLength), expected, "whole");
  assert.deepEqual(parse(Array.from(bytes, (byte) => Uint8Array.of(byte)), maxLength), expected, "byte by byte");
  for (let at = 1; at < bytes.length; at += 1) {
    const cut = [bytes.subarray(0, at), bytes.subarray(at)];
    assert.deepEqual(parse(cut, maxLength), expected, `cut at ${at}`);
  }
}

test("line ends are LF, CR and CRLF, mixed", () => {
  check("data: a\ndata: b\n\ndata: c\r\rdata: d\r\n\r\ndata: e\r\ndata: f\n\r", [
    ["frame", "message", "a\nb"],
    ["frame", "message", "c"],
    ["frame", "message", "d"],
    ["frame", "message", "e\nf"],
  ]);
});

test("a byte order mark counts at the start alone", () => {
  check("\uFEFFdata: a\n\n\uFEFFdata: b\n\n", [["frame", "message", "a"]]);
});

test("characters of several bytes, and bytes that are none", () => {
  check("data: ü€😀\n\n", [["frame", "message", "ü€😀"]]);
  check(Uint8Array.of(...Buffer.from("data: "), 0xff, 0x0a, 0x0a), [["frame", "message", "\uFFFD"]]);
});

test("fields: one space is taken away, a colon is not needed, others and comments are passed over", () => {
  check("event: x\ndata:  a\ndata\ndata:b:c\nother: y\nDATA: z\n: comment\n:\n\n", [["frame", "x", " a\n\nb:c"]]);
});

test("an event without data is none, and its name is forgotten", () => {
  check("event: x\n\ndata: a\n\ndata:\n\n", [
    ["frame", "message", "a"],
    ["frame", "message", ""],
  ]);
});

test("ids: kept with an event, without data too, not with NUL; an empty one is one", () => {
  check("id: 1\ndata: a\n\nid: 2\n\nid: 3\0\ndata: b\n\nid\ndata: c\n\n", [
    ["position", "1"],
    ["frame", "message", "a"],
    ["position", "2"],
    ["frame", "message", "b"],
    ["position", ""],
    ["frame", "message", "c"],
  ]);
});

test("retry takes digits alone", () => {
  check("retry: 250\nretry: 1s\nretry: -1\nretry:\nretry: ٣\n\n", [["retry", 250]]);
});

test("what the end of the stream cuts off is no event", () => {
  check("data: a\n\nid: 9\ndata: b\n", [["frame", "message", "a"]]);
});

test("lines and events beyond the limit are passed over, and their id is kept", () => {
  const tooLong = ["unreadable", "an event of more than 10 characters"] satisfies Told;
  check(`id: 1\ndata: ${"x".repeat(20)}\ndata: y\n\ndata: b\n\n`, [["position", "1"], tooLong, ["frame", "message", "b"]], 10);
  check("data: a\ndata: b\ndata: c\ndata: d\ndata: e\ndata: f\n\ndata: g\n\n", [tooLong, ["frame", "message", "g"]], 10);
  check(`: ${"x".repeat(50)}`, [], 10);
});
