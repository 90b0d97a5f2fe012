// Servers that do as a test says, and a transport without a wire.
import { once } from "node:events";
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { connect as connectTcp, createServer as createTcpServer, type AddressInfo, type Socket } from "node:net";
import type { TestContext } from "node:test";

import { WebSocketServer, type WebSocket } from "ws";

import type { Attempt, ClientError, Connection, Receiver, Transport } from "../../handfast-client.js";

/** Serves HTTP; gives the URL. */
export async function serveHttp(
  t: TestContext,
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createHttpServer(answer).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Serves WebSockets; gives the URL. */
export async function serveWebSocket(
  t: TestContext,
  serve: (socket: WebSocket, request: IncomingMessage) => void,
): Promise<string> {
  const server = new WebSocketServer({ port: 0, host: "127.0.0.1", handleProtocols: ([first]) => first ?? false });
  await once(server, "listening");
  t.after(() => {
    for (const socket of server.clients) socket.terminate();
    server.close();
  });
  server.on("connection", serve);
  return `ws://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Answers with an open SSE stream. */
export function openStream(response: ServerResponse): ServerResponse {
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  response.flushHeaders();
  return response;
}

/** What a server sends, over WebSocket and SSE. */
export function task(id: string, progress: number): string {
  const payload = { task_id: "0e4bd1b5-21a3-4a4f-8d1c-0c5bd0ad9f6e", progress };
  return JSON.stringify({ id: uuid(id), type: "task.updated", timestamp: "2025-11-13T09:21:05Z", payload });
}

/** A UUID that ends in `id`. */
export function uuid(id: string): string {
  return `00000000-0000-4000-8000-${id.padStart(12, "0")}`;
}

/** Stands between a client and a server, and cuts connections. */
export async function startProxy(t: TestContext, target: string): Promise<{ url: string; cut: () => void }> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  const server = createTcpServer((inner) => {
    const outer = connectTcp(Number(port), hostname);
    for (const socket of [inner, outer]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => (sockets.delete(socket), inner.destroy(), outer.destroy()));
    }
    inner.pipe(outer).pipe(inner);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const cut = () => sockets.forEach((socket) => socket.destroy());
  t.after(() => {
    cut();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, cut };
}

/** A transport of which the test is the other end. */
export class Wire implements Transport {
  readonly schemes = { secure: "wss:", plain: "ws:" };
  readonly attempts: { attempt: Attempt; receiver: Receiver; sent: string[]; closed: [number, string] | undefined }[] = [];

  choose(): undefined {
    return undefined;
  }

  open(attempt: Attempt, receiver: Receiver): Connection {
    const one: Wire["attempts"][number] = { attempt, receiver, sent: [], closed: undefined };
    this.attempts.push(one);
    return {
      send: (text) => void one.sent.push(text),
      close: (code, reason) => void (one.closed = [code, reason]),
    };
  }

  /** The latest attempt. */
  get last(): Wire["attempts"][number] {
    return this.attempts.at(-1)!;
  }
}

/** Waits until `find` finds something: it is asked again at each step of the event loop. */
export async function until<Found>(find: () => Found | undefined | false): Promise<Found> {
  for (;;) {
    const found = find();
    if (found) return found;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

/** The kinds of errors. */
export function kinds(errors: readonly ClientError[]): string[] {
  return errors.map(({ kind }) => kind);
}
