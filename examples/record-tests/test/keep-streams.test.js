/**
 * The module that documentation hands out, and the browser's own reading of a stream: both find the same events.
 */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import path from 'node:path';
import { test } from 'node:test';

import { launch } from '../../browser-tests/browser.js';
import { inReverse } from '../../browser-tests/servers.js';
import { keepStreams } from '../../../docs/examples/keep-streams.js';
import { folder } from '../handfast.js';

/** A stream in the pieces in which it is sent: ends of lines and letters are split between them. */
const PIECES = [
  '\uFEFFevent: first\r',
  '\nid: 1\r\ndata: {"a":\r\n',
  'data:1}\r\n\r\n: a comment\ndata\n\n',
  Buffer.from('data: caf\u00E9').subarray(0, -1),
  Buffer.from('\u00E9').subarray(1),
  '\r\rid\nevent:\nretry: 9999\nother: x\ndata:  two: colons\n\n',
  'event: without data\n\nid: 2\n\ndata: last\n\n',
  'data: never ended',
];
const EVENTS = [
  { eventName: 'first', eventId: '1', data: '{"a":\n1}' },
  { eventName: 'message', eventId: '1', data: '' },
  { eventName: 'message', eventId: '1', data: 'café' },
  { eventName: 'message', eventId: '', data: ' two: colons' },
  { eventName: 'message', eventId: '2', data: 'last' },
];

test('keep-streams.js finds what EventSource finds', { timeout: 120_000 }, async (test) => {
  const t = inReverse(test);
  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => server.close());
  t.after(() => server.closeAllConnections());
  const url = `http://127.0.0.1:${server.address().port}/`;
  const browser = await launch();
  t.after(() => browser.close());
  const file = path.join(await folder(t), 'page.har');
  const context = await browser.newContext({ recordHar: { path: file } });
  const page = await context.newPage();
  const streams = await keepStreams(page);
  const began = Date.now() / 1000;
  await page.goto(url);
  await page.evaluate(listen);
  await context.close();
  await streams.addTo(file);
  const { log } = JSON.parse(await readFile(file, 'utf8'));
  const kept = log.entries.map((entry) => entry._eventSourceMessages).filter(Boolean);
  assert.equal(kept.length, 2);
  for (const messages of kept) {
    const times = messages.map(({ time }) => time);
    assert.ok(times.every((time, n) => time >= began - 1 && time <= Date.now() / 1000 + 1 && time >= (times[n - 1] ?? 0)));
    assert.deepEqual(messages.map(({ time, ...message }) => message), EVENTS);
  }
  // A file that has all its streams has no place for more.
  await assert.rejects(streams.addTo(file), /has no entry of/);
});

/** Both ways to read a stream; runs in the page until each has seen the last event. */
async function listen() {
  const source = new EventSource('/stream');
  const heard = new Promise((resolve) => source.addEventListener('message', ({ data }) => data === 'last' && resolve()));
  const answer = await fetch('/stream');
  let text = '';
  for await (const part of answer.body.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.includes('never ended')) break;
  }
  await heard;
}

async function answer(request, response) {
  if (request.url !== '/stream') return response.setHeader('Content-Type', 'text/html').end('<!doctype html>');
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  for (const piece of PIECES) {
    response.write(piece);
    // The browser is to see the pieces apart.
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}
