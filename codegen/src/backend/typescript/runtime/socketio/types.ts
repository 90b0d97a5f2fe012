import type { HeartbeatOptions, Token, Validate } from "../contract.js";
import type { Violation } from "../violation.js";

/** A namespace, as far as its guards need it at run time. */
export interface NamespaceDescription {
  readonly address: string;
  /** What the server emits, by the event's name. */
  readonly server: { readonly [name: string]: EventDescription };
  /** What the client emits, by the event's name. */
  readonly client: { readonly [name: string]: EventDescription };
}

/** The arguments of an event, and of its acknowledgement. */
export interface EventDescription extends ArgumentsDescription {
  readonly acknowledgement?: ArgumentsDescription;
}

/** How arguments are validated: no argument counts as `null`, one as itself. */
export interface ArgumentsDescription {
  readonly validate: Validate;
  /** Whether the schema is that of the array of all arguments. */
  readonly isSpread?: true;
}

/** Arguments that are not what the contract says. */
export interface SocketViolation {
  /** `in`: they were received. `out`: they were about to be emitted. */
  readonly direction: "in" | "out";
  readonly eventName: string;
  /** Whether they are those of the event's acknowledgement. */
  readonly isAcknowledgement: boolean;
  readonly args: readonly unknown[];
  readonly violations: readonly Violation[];
  /** Whether they went on all the same: with `validate: "report"` they do. */
  readonly isDelivered: boolean;
}

/** What `validated` takes. */
export interface ValidationOptions {
  /** Hears what is not what the contract says. Without it that is written to the console. */
  onViolation?: ((violation: SocketViolation) => void) | undefined;
  /** `strict`: it is reported and goes no further. `report`: it is reported, and goes on. `off`: nothing is validated. */
  validate?: "strict" | "report" | "off" | undefined;
}

/** What `connectSocketIo` takes. */
export interface SocketIoOptions<Socket, Key extends string = string> extends ValidationOptions {
  /** The namespace's channel in the contract: the first when absent. */
  channel?: Key | undefined;
  /** The token, or what gives it; asked at each connection. It travels as the contract says. */
  token?: Token | undefined;
  /** Runs at each connection, the first and those after a reconnection: to join rooms, which are left with a connection. */
  onReady?: ((socket: Socket) => unknown) | undefined;
  /** The heartbeat of the contract: the client answers it, and comes back when it fails to come. `false`: it does not. */
  heartbeat?: HeartbeatOptions | false | undefined;
  /** Options of `io` itself. */
  io?: { readonly [name: string]: unknown } | undefined;
}

/** `io` of the package `socket.io-client`. */
export type Io = (url: string, options: any) => any;
