/**
 * Server-Sent Events for a HAR that Playwright writes in Chromium: it keeps no body of a stream that had not ended. This keeps
 * the events of `EventSource` and of `fetch`, as Chrome's developer tools do, and puts them where their own export has
 * them, into `_eventSourceMessages`. Streams of workers and of frames from other sites are not seen.
 *
 *     const streams = await keepStreams(page);
 *     // … what the page does …
 *     await context.close(); // now Playwright writes the file of `recordHar`
 *     await streams.addTo('page.har');
 */
import { readFile, writeFile } from 'node:fs/promises';

/**
 * Keeps what streams of the page say, from now on: call it before the page goes anywhere.
 * @param {import('playwright-core').Page} page
 */
export async function keepStreams(page) {
  const requests = new Map();
  const streams = new Map();
  const cdp = await page.context().newCDPSession(page);
  const secondsOf = (stream, timestamp) => stream.wallTime + (timestamp - stream.timestamp);
  cdp.on('Network.requestWillBeSent', ({ requestId, request, wallTime, timestamp }) => {
    requests.set(requestId, { url: request.url, wallTime, timestamp, messages: [], chunks: [] });
  });
  cdp.on('Network.responseReceived', async ({ requestId, response, timestamp, type }) => {
    const stream = requests.get(requestId);
    if (!stream || response.mimeType !== 'text/event-stream') return;
    streams.set(requestId, stream);
    if (type === 'EventSource') return;
    // What came before is in the answer, and the data of what comes afterwards is in `dataReceived`.
    const { bufferedData } = await cdp.send('Network.streamResourceContent', { requestId }).catch(() => ({ bufferedData: '' }));
    stream.chunks.unshift({ time: secondsOf(stream, timestamp), data: bufferedData });
  });
  cdp.on('Network.dataReceived', ({ requestId, timestamp, data }) => {
    const stream = requests.get(requestId);
    if (data) stream?.chunks.push({ time: secondsOf(stream, timestamp), data });
  });
  cdp.on('Network.eventSourceMessageReceived', ({ requestId, timestamp, eventName, eventId, data }) => {
    const stream = requests.get(requestId);
    stream?.messages.push({ time: secondsOf(stream, timestamp), eventName, eventId, data });
  });
  await cdp.send('Network.enable');
  return { addTo: (file) => addTo(file, [...streams.values()]) };
}

/** Writes the file again, each stream's events in the entry of its address that began when it did. */
async function addTo(file, streams) {
  const har = JSON.parse(await readFile(file, 'utf8'));
  for (const stream of streams) {
    const distance = (entry) => Math.abs(Date.parse(entry.startedDateTime) - stream.wallTime * 1000);
    const [entry] = har.log.entries
      .filter((entry) => entry.request.url === stream.url && !entry._eventSourceMessages)
      .sort((a, b) => distance(a) - distance(b));
    if (!entry) throw new Error(`${file} has no entry of ${stream.url}`);
    entry._eventSourceMessages = [...stream.messages, ...eventsOf(stream.chunks)];
  }
  await writeFile(file, JSON.stringify(har, null, 2));
}

/** Reads a stream, as the HTML standard has it; an event has the time of the chunk that completes it. */
function* eventsOf(chunks) {
  const decoder = new TextDecoder();
  let [rest, eventName, eventId, data] = ['', '', '', []];
  for (const { time, data: base64 } of chunks) {
    rest += decoder.decode(Buffer.from(base64, 'base64'), { stream: true });
    // A carriage return at the end may be half of a line's end.
    const lines = rest.split(/\r\n|\n|\r(?!$)/u);
    rest = lines.pop();
    for (const line of lines) {
      const [, field, value] = /^([^:]*)(?:: ?(.*))?$/su.exec(line);
      if (line === '') {
        if (data.length > 0) yield { time, eventName: eventName || 'message', eventId, data: data.join('\n') };
        [eventName, data] = ['', []];
      } else if (field === 'event') eventName = value ?? '';
      else if (field === 'data') data.push(value ?? '');
      else if (field === 'id' && !value?.includes('\0')) eventId = value ?? '';
    }
  }
}
