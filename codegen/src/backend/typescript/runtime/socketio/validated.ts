import { own } from "../members.js";
import { Guard } from "./guard.js";
import type { ArgumentsDescription, NamespaceDescription, ValidationOptions } from "./types.js";

type Callable = (...args: any[]) => any;

/** As much of a socket as a guard looks at. */
interface Target {
  readonly flags?: { readonly timeout?: number };
  readonly _opts?: { readonly ackTimeout?: number; readonly retries?: number };
}

const LISTENING = ["on", "addListener", "addEventListener", "prependListener"];
/** What hears once, and what it does before: an event that is held back must not use it up. */
const LISTENING_ONCE: { readonly [method: string]: string } = { once: "on", prependOnceListener: "prependListener" };
const LEAVING = ["off", "removeListener", "removeEventListener"];

/**
 * A socket that validates what it receives and what it emits: one of `socket.io-client`, one of `socket.io`, or a whole
 * namespace of that, whose sockets are validated as it hands them out. It is used as the one that it stands for, which
 * stays as it is. `onAny` and `use` hear what comes before it is validated.
 *
 * With `strict` a listener does not hear what is invalid, and `emit` does not send it; `emitWithAck`, and callbacks behind
 * `timeout`, are told. Events that the contract does not name pass.
 */
export function validated<Socket extends object>(
  socket: Socket,
  namespace: NamespaceDescription,
  options: ValidationOptions = {},
): Socket {
  const isServers = "handshake" in socket || "sockets" in socket;
  return stand(socket, new Guard(namespace, isServers ? "server" : "client", options), (inner) =>
    validated(inner, namespace, options),
  );
}

/** Stands for a socket, or for what emits to several. */
function stand<Emitter extends object>(emitter: Emitter, guard: Guard, socketOf: (socket: object) => object): Emitter {
  const listeners = new Listeners(guard, "sockets" in emitter ? socketOf : undefined);
  const proxy: Emitter = new Proxy(emitter, {
    get: (target, property) => {
      const method = (name: string | symbol): Callable => {
        const value = Reflect.get(target, name, target) as Callable;
        return (...args) => returned(value.apply(target, args));
      };
      const value: unknown = Reflect.get(target, property, target);
      const name = String(property);
      if (value === target) return proxy;
      if (isEmitter(value)) return stand(value, guard, socketOf);
      if (typeof value !== "function" || name === "constructor") return value;
      if (name === "emit") return emitting(target, guard, method(name));
      if (name === "emitWithAck") return promising(target, guard, method("emit"));
      if (LEAVING.includes(name)) return listeners.leaving(method(name));
      if (LISTENING.includes(name)) return listeners.listening(method(name));
      const always = own(LISTENING_ONCE, name);
      return always === undefined ? method(name) : listeners.listeningOnce(method(always), method("off"));
    },
  });
  // Methods that return the socket itself, as most do for chaining, return the one that stands for it.
  const returned = (result: unknown) => {
    if (result === emitter) return proxy;
    return isEmitter(result) ? stand(result, guard, socketOf) : result;
  };
  return proxy;
}

/** Whether something emits to several sockets: `socket.broadcast`, `namespace.to(…)`. */
function isEmitter(value: unknown): value is object {
  return typeof value === "object" && value !== null && "exceptRooms" in value && "emit" in value;
}

/** Whether acknowledgements are those of several sockets. */
function isBroadcasting(target: object): boolean {
  return isEmitter(target) || "sockets" in target;
}

/** Listeners, and what is registered in place of each. */
class Listeners {
  readonly #guard: Guard;
  readonly #socketOf: ((socket: object) => object) | undefined;
  readonly #wrapped = new WeakMap<Callable, Map<string, Callable[]>>();

  constructor(guard: Guard, socketOf: ((socket: object) => object) | undefined) {
    this.#guard = guard;
    this.#socketOf = socketOf;
  }

  listening(listen: Callable): Callable {
    return (name: string, listener: Callable) => listen(name, this.#wrap(name, listener, listener));
  }

  listeningOnce(listen: Callable, leave: Callable): Callable {
    return (name: string, listener: Callable) => {
      const forget = (wrapped: Callable) => this.#forget(name, listener, wrapped);
      const wrapped = this.#wrap(name, listener, function (this: unknown, ...args: unknown[]): unknown {
        leave(name, wrapped);
        forget(wrapped);
        return listener.apply(this, args);
      });
      return listen(name, wrapped);
    };
  }

  leaving(leave: Callable): Callable {
    return (...args: any[]) => {
      const [name, listener] = args;
      const wrapped = this.#wrapped.get(listener)?.get(name)?.at(-1);
      if (!wrapped) return leave(...args);
      this.#forget(name, listener, wrapped);
      return leave(name, wrapped);
    };
  }

  /** What is registered for `heard`, found again by the user's `listener`. */
  #wrap(name: string, listener: Callable, heard: Callable): Callable {
    const wrapped = this.#wrapper(name, heard);
    const names = this.#wrapped.get(listener) ?? new Map<string, Callable[]>();
    this.#wrapped.set(listener, names.set(name, [...(names.get(name) ?? []), wrapped]));
    return wrapped;
  }

  #forget(name: string, listener: Callable, wrapped: Callable): void {
    const names = this.#wrapped.get(listener);
    names?.set(name, (names.get(name) ?? []).filter((one) => one !== wrapped));
  }

  #wrapper(name: string, listener: Callable): Callable {
    const [guard, socketOf] = [this.#guard, this.#socketOf];
    if (socketOf && (name === "connection" || name === "connect")) return (socket: object) => listener(socketOf(socket));
    const description = guard.description("in", name);
    if (!description) return listener;
    return function (this: unknown, ...args: unknown[]): unknown {
      const acknowledge = typeof args.at(-1) === "function" ? (args.pop() as Callable) : undefined;
      const isAdmitted = guard.admits({ direction: "in", eventName: name, isAcknowledgement: false }, description, args);
      if (!isAdmitted) return undefined;
      const answer = acknowledge && ((...response: unknown[]) => {
        const event = { direction: "out", eventName: name, isAcknowledgement: true } as const;
        if (guard.admits(event, description.acknowledgement, response)) acknowledge(...response);
      });
      return listener.apply(this, answer ? [...args, answer] : args);
    };
  }
}

function emitting(target: object, guard: Guard, emit: Callable): Callable {
  return (name: unknown, ...args: unknown[]) => {
    const description = guard.description("out", name);
    if (!description) return emit(name, ...args);
    const callback = typeof args.at(-1) === "function" ? (args.pop() as Callable) : undefined;
    const eventName = String(name);
    const isAdmitted = guard.admits({ direction: "out", eventName, isAcknowledgement: false }, description, args);
    const hasError = isErrorFirst(target);
    if (!isAdmitted) {
      if (hasError) callback?.(refused(eventName));
      return false;
    }
    if (!callback) return emit(name, ...args);
    return emit(name, ...args, answered({ target, guard, eventName, hasError }, description.acknowledgement, callback));
  };
}

interface Emission {
  readonly target: object;
  readonly guard: Guard;
  readonly eventName: string;
  readonly hasError: boolean;
}

/** The callback that validates an acknowledgement before the user's own hears it. */
function answered(
  { target, guard, eventName, hasError }: Emission,
  description: ArgumentsDescription | undefined,
  callback: Callable,
): Callable {
  const event = { direction: "in", eventName, isAcknowledgement: true } as const;
  if (isBroadcasting(target)) {
    // One response of each socket.
    return (error: unknown, responses: unknown[]) =>
      callback(error, responses?.filter((response) => guard.admits(event, description, [response])));
  }
  if (!hasError) return (...response: unknown[]) => guard.admits(event, description, response) && callback(...response);
  return (error: unknown, ...response: unknown[]) => {
    if (error) callback(error);
    else if (guard.admits(event, description, response)) callback(null, ...response);
    else callback(refused(eventName));
  };
}

function promising(target: object, guard: Guard, emit: Callable): Callable {
  return (name: unknown, ...args: unknown[]) =>
    new Promise((resolve, reject) => {
      const hasError = isErrorFirst(target);
      const description = guard.description("out", name);
      const eventName = String(name);
      if (!guard.admits({ direction: "out", eventName, isAcknowledgement: false }, description, args)) {
        reject(refused(eventName));
        return;
      }
      const settle = (error: unknown, response: unknown) => {
        if (error) reject(Object.assign(error, isBroadcasting(target) ? { responses: response } : {}));
        else resolve(response);
      };
      // Without a time limit there is no error, and an invalid response would leave the promise open.
      const event = { direction: "in", eventName, isAcknowledgement: true } as const;
      const unlimited = (...response: unknown[]) =>
        guard.admits(event, description?.acknowledgement, response) ? resolve(response[0]) : reject(refused(eventName));
      const emission = { target, guard, eventName, hasError };
      emit(name, ...args, hasError ? answered(emission, description?.acknowledgement, settle) : unlimited);
    });
}

/** Whether callbacks get an error first, as behind `timeout`. */
function isErrorFirst(target: object): boolean {
  const { flags, _opts } = target as Target;
  return isBroadcasting(target) || flags?.timeout !== undefined || _opts?.ackTimeout !== undefined || _opts?.retries !== undefined;
}

function refused(eventName: string): Error {
  return new Error(`\`${eventName}\` is not what the contract says`);
}
