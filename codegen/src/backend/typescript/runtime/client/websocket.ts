import type { AuthDescription } from "../contract.js";
import { carry, isRefusal } from "./handshake.js";
import type { Attempt, Connection, Ending, Receiver, Transport, WebSocketConstructor, WebSocketLike } from "./types.js";

/** WebSockets: the environment's own, or those of the constructor that `connect` was given. */
export const webSocket: Transport = {
  schemes: { secure: "wss:", plain: "ws:" },
  choose: (auth, options) => {
    if (!options.WebSocket) required();
    const canSendHeaders = options.WebSocket !== undefined;
    return auth.find(({ in: place }) => (place === "header" ? canSendHeaders : place !== "socketio-auth"));
  },
  open: (attempt, receiver) => {
    const { url, protocols, headers } = handshake(attempt);
    try {
      const Constructor = attempt.WebSocket ?? required();
      return attach(new Constructor(url, protocols, { headers }), attempt, receiver);
    } catch (cause) {
      const ending = { kind: "refused", status: undefined, message: String(cause), cause, isFinal: true } as const;
      queueMicrotask(() => receiver.ended(ending));
      return { send: () => {}, close: () => {} };
    }
  },
};

/** The environment's own constructor, which takes no headers. */
function required(): WebSocketConstructor {
  const { WebSocket } = globalThis as { WebSocket?: WebSocketConstructor };
  if (WebSocket) return WebSocket;
  throw new TypeError(
    "there is no WebSocket here: Node.js has one since version 22; before, install the package `ws` and pass it, " +
      'as in `import { WebSocket } from "ws"` and `connect(url, { WebSocket })`',
  );
}

function handshake({ url, token, auth, resume }: Attempt): { url: string; protocols: string[]; headers: Record<string, string> } {
  const target = new URL(url);
  const headers: Record<string, string> = {};
  if (token !== undefined) carry(token, auth, target, headers);
  if (resume) headers[resume.header] = resume.lastEventId;
  return { url: target.href, protocols: subprotocols(auth, token), headers };
}

function subprotocols(auth: AuthDescription | undefined, token: string | undefined): string[] {
  if (auth?.in !== "subprotocol") return [];
  return token === undefined ? [auth.protocol] : [auth.protocol, `${auth.prefix}${base64url(token)}`];
}

/** RFC 4648, section 5, without padding. */
function base64url(text: string): string {
  const bytes = Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte));
  return btoa(bytes.join("")).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function attach(socket: WebSocketLike, attempt: Attempt, receiver: Receiver): Connection {
  let isOpen = false;
  let failure: unknown;
  socket.binaryType = "arraybuffer";
  socket.addEventListener("open", () => {
    isOpen = true;
    // Last-Event-ID belongs to SSE: a server that reads it here may send what was missed, and none has to.
    receiver.opened(false);
  });
  socket.addEventListener("message", ({ data }: { data: unknown }) => {
    receiver.alive();
    receive(data, attempt.maxEventLength, receiver);
  });
  socket.addEventListener("error", (event: { error?: unknown; message?: unknown }) => {
    failure = event.error ?? event.message;
  });
  socket.addEventListener("close", ({ code, reason }: { code: number; reason: string }) => {
    receiver.ended(isOpen ? { kind: "closed", code, reason } : refusal(failure, attempt.refusal));
  });
  return {
    send: (text) => socket.send(text),
    close: (code, reason) => {
      try {
        socket.close(code, reason);
      } catch {
        // Not every code may be sent, and no long reason.
        socket.close();
      }
    },
  };
}

function receive(data: unknown, maxLength: number, receiver: Receiver): void {
  const text = typeof data === "string" ? data : decode(data);
  if (text === undefined) receiver.unreadable("a message that is no UTF-8", "");
  else if (text.length > maxLength) receiver.unreadable(`a message of more than ${maxLength} characters`, text);
  else receiver.frame({ data: text });
}

function decode(data: unknown): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(data as ArrayBuffer);
  } catch {
    return undefined;
  }
}

/** Browsers do not say why a handshake failed; the package `ws` does, in words. */
function refusal(failure: unknown, contractStatus: number | undefined): Ending {
  const text = failure instanceof Error ? failure.message : typeof failure === "string" ? failure : "";
  const [, digits] = /^Unexpected server response: ([0-9]{3})$/.exec(text) ?? [];
  const status = digits === undefined ? undefined : Number(digits);
  const message = status === undefined ? `no connection${text && `: ${text}`}` : `the server answered ${status}`;
  const isFinal = status !== undefined && (status === contractStatus || isRefusal(status));
  return { kind: "refused", status, message, cause: failure, isFinal };
}
