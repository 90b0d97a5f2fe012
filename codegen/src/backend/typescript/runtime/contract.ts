import type { Violation } from "./violation.js";

/** Finds what is wrong with a value; nothing where it is valid. */
export type Validate = (value: unknown) => readonly Violation[];

/** The contract, as far as a client needs it at run time. */
export interface ContractDescription {
  /** The members that lead to an event's name in it; none where the transport carries the name. */
  readonly eventName: readonly string[];
  /** How the token travels, the best way first. */
  readonly auth: readonly AuthDescription[];
  readonly filter?: { readonly query: string; readonly separator: string; readonly wildcard: string };
  readonly heartbeat?: {
    readonly from: "server" | "client";
    readonly ping: string;
    readonly pong: string;
    readonly withinMs?: number;
    readonly everyMs?: number;
    readonly deadAfterMs?: number;
  };
  readonly resume?: { readonly header: string; readonly id: readonly string[] };
  /** Members whose values do not repeat on a connection, in the events that match. */
  readonly unique: readonly { readonly value: readonly string[]; readonly events: readonly string[] }[];
  /** The status with which a bad token is refused. */
  readonly refusal?: number;
}

/** A way for the token to travel. */
export type AuthDescription =
  | { readonly in: "header"; readonly name: string; readonly scheme?: string }
  | { readonly in: "subprotocol"; readonly protocol: string; readonly prefix: string }
  | { readonly in: "query"; readonly name: string }
  | { readonly in: "socketio-auth"; readonly name: string }
  | { readonly in: "event"; readonly event: string; readonly pointer: readonly string[] };

/** How the client finds out that the server is gone. What is not given comes from the contract. */
export interface HeartbeatOptions {
  /** How often the client pings, where the contract lets it (30,000). */
  everyMs?: number | undefined;
  /** How soon anything at all must come after a ping (10,000). */
  withinMs?: number | undefined;
  /** How long the server may be silent where the client does not ping; comments of an SSE stream count (no limit). */
  silenceMs?: number | undefined;
}

/** A token, or what gives it. */
export type Token = string | (() => string | undefined | Promise<string | undefined>);
