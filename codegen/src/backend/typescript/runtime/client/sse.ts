import { carry, isRefusal } from "./handshake.js";
import { SseParser } from "./sse-parser.js";
import type { Attempt, Connection, Ending, Receiver, Transport } from "./types.js";

/** Server-Sent Events, read with `fetch`: `EventSource` can't send a token, and Node.js has none. */
export const eventStream: Transport = {
  schemes: { secure: "https:", plain: "http:" },
  choose: (auth) => auth.find((way) => way.in === "header" || way.in === "query"),
  open: (attempt, receiver) => {
    const controller = new AbortController();
    void listen(attempt, receiver, controller.signal).then((ending) => receiver.ended(ending));
    return {
      send: () => {
        throw new TypeError("an SSE stream carries nothing to the server");
      },
      close: () => controller.abort(),
    } satisfies Connection;
  },
};

async function listen(attempt: Attempt, receiver: Receiver, signal: AbortSignal): Promise<Ending> {
  let isOpen = false;
  try {
    const response = await request(attempt, signal);
    const refusal = refusalOf(response, attempt.refusal);
    if (refusal) {
      void response.body?.cancel().catch(() => {});
      return refusal;
    }
    isOpen = true;
    receiver.opened(attempt.resume !== undefined);
    if (response.body) await readAll(response.body, new SseParser(receiver, attempt.maxEventLength), receiver);
    return { kind: "closed", code: undefined, reason: "the stream has ended" };
  } catch (cause) {
    if (isOpen) return { kind: "closed", code: undefined, reason: String(cause) };
    return { kind: "refused", status: undefined, message: `no connection: ${String(cause)}`, cause, isFinal: false };
  }
}

function request({ url, token, auth, resume, fetch = globalThis.fetch }: Attempt, signal: AbortSignal): Promise<Response> {
  const headers: Record<string, string> = { Accept: "text/event-stream" };
  const target = new URL(url);
  if (token !== undefined) carry(token, auth, target, headers);
  if (resume) headers[resume.header] = resume.lastEventId;
  return fetch(target.href, { headers, cache: "no-store", signal });
}

function refusalOf({ status, headers }: Response, refusal: number | undefined): Ending | undefined {
  // WHATWG HTML, 9.2: the server has nothing (more) to say.
  if (status === 204) return { kind: "closed", code: undefined, reason: "the server has no more events", isFinal: true };
  const type = headers.get("content-type") ?? "";
  if (status === 200 && /^text\/event-stream *(;|$)/i.test(type)) return undefined;
  const isFinal = status === refusal || isRefusal(status);
  const message = status === 200 ? `the response is no event stream but \`${type}\`` : `the server answered ${status}`;
  return { kind: "refused", status, message, isFinal };
}

async function readAll(body: ReadableStream<Uint8Array>, parser: SseParser, receiver: Receiver): Promise<void> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    receiver.alive();
    parser.push(value);
  }
}
