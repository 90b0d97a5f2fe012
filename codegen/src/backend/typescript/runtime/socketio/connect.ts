import type { AuthDescription, ContractDescription, HeartbeatOptions, Token } from "../contract.js";
import { Heartbeat } from "../heartbeat.js";
import { own, withValueAt } from "../members.js";
import type { Io, NamespaceDescription, SocketIoOptions } from "./types.js";
import { validated } from "./validated.js";

/** As much of a socket as is needed here. */
interface Socket {
  on(name: string, listener: (...args: any[]) => void): unknown;
  onAny(listener: () => void): unknown;
  emit(name: string, ...args: unknown[]): unknown;
  connect(): unknown;
  disconnect(): Socket;
}

/** Connects to a namespace. Throws a `TypeError` for what makes no sense. */
export function openNamespace<Client extends object>(
  io: Io,
  contract: ContractDescription,
  namespaces: { readonly [key: string]: NamespaceDescription },
  key: string,
  url: string | URL,
  options: SocketIoOptions<Client>,
): Client {
  const namespace = own(namespaces, key);
  if (!namespace) throw new TypeError(`no channel \`${key}\`: the contract has ${Object.keys(namespaces).join(", ")}`);
  const { protocol, host } = new URL(url, (globalThis as { location?: { href: string } }).location?.href);
  const auth = chosen(contract.auth, options.token);
  const socket = io(`${protocol}//${host}${namespace.address}`, { ...options.io, ...credentials(auth, options) });
  const guarded = validated<Client & Socket>(socket, namespace, options);
  if (options.heartbeat !== false) beat(guarded, contract, namespace, options.heartbeat ?? {});
  guarded.on("connect", () => void ready(guarded, auth, options));
  return guarded;
}

/** The first way that a token of this kind can go: what is sent with the handshake alone is said once, and can't change. */
function chosen(ways: readonly AuthDescription[], token: Token | undefined): AuthDescription | undefined {
  if (token === undefined) return undefined;
  const isFixed = typeof token === "string";
  const way = ways.find(({ in: place }) => place === "socketio-auth" || place === "event" || (isFixed && place !== "subprotocol"));
  if (way || ways.length === 0) return way;
  throw new TypeError("the contract's token travels with the handshake, once: give it as a string");
}

/** What `io` has to be told of the token. */
function credentials(auth: AuthDescription | undefined, { token, io }: SocketIoOptions<never>): object {
  if (auth?.in === "header") return { extraHeaders: { ...(io?.["extraHeaders"] as object), [auth.name]: headerOf(auth, token) } };
  if (auth?.in === "query") return { query: { ...(io?.["query"] as object), [auth.name]: token } };
  if (auth?.in !== "socketio-auth") return {};
  const send = async (tell: (payload: object) => void) => {
    // Without a token the server refuses, and `connect_error` says so.
    const value = await valueOf(token).catch(() => undefined);
    tell({ ...(io?.["auth"] as object), ...(value === undefined ? {} : { [auth.name]: value }) });
  };
  return { auth: (tell: (payload: object) => void) => void send(tell) };
}

function headerOf({ scheme }: { scheme?: string }, token: Token | undefined): unknown {
  return scheme === undefined ? token : `${scheme} ${String(token)}`;
}

async function valueOf(token: Token | undefined): Promise<string | undefined> {
  return typeof token === "function" ? await token() : token;
}

async function ready<Client extends Socket>(
  socket: Client,
  auth: AuthDescription | undefined,
  { token, onReady }: SocketIoOptions<Client>,
): Promise<void> {
  try {
    if (auth?.in === "event") socket.emit(auth.event, withValueAt({}, auth.pointer, await valueOf(token)));
    await onReady?.(socket);
  } catch (cause) {
    console.error(cause);
  }
}

/** Keeps the contract's heartbeat: it is a matter of events, beside the one of Socket.IO itself. */
function beat(
  socket: Socket,
  { heartbeat: rule }: ContractDescription,
  { client }: NamespaceDescription,
  options: HeartbeatOptions,
): void {
  if (!rule) return;
  const isAsking = rule.from === "client";
  const limits = {
    everyMs: options.everyMs ?? rule.everyMs,
    withinMs: options.withinMs ?? rule.withinMs,
    silenceMs: options.silenceMs ?? rule.deadAfterMs,
  };
  const ping = isAsking && own(client, rule.ping) ? () => void socket.emit(rule.ping) : undefined;
  const heartbeat = new Heartbeat(limits, { ping, dead: () => void socket.disconnect().connect() });
  if (!isAsking) socket.on(rule.ping, () => own(client, rule.pong) && socket.emit(rule.pong));
  socket.onAny(() => heartbeat.alive());
  socket.on("connect", () => heartbeat.start());
  socket.on("disconnect", () => heartbeat.stop());
}
