import type { AuthDescription, ContractDescription, HeartbeatOptions } from "../contract.js";
import type { ChannelDescription, ChannelTypes, ConnectOptions } from "./types.js";

/** Any channel's options. */
export type AnyOptions = ConnectOptions<
  Omit<ChannelTypes, "hasTopics" | "address"> & { hasTopics: true; address: `{${string}}` }
>;

/** What a client works with: its options, and what the contract says where they say nothing. */
export interface Settings {
  readonly contract: ContractDescription;
  readonly channel: ChannelDescription;
  readonly options: AnyOptions;
  readonly url: URL;
  readonly auth: AuthDescription | undefined;
  readonly heartbeat: HeartbeatOptions;
  readonly validate: "strict" | "report" | "off";
  readonly buffer: number;
}

/** Puts them together. Throws a `TypeError` for what makes no sense. */
export function settings(
  contract: ContractDescription,
  channel: ChannelDescription,
  url: string | URL,
  options: AnyOptions,
): Settings {
  const { transport } = channel;
  const auth = transport.choose(contract.auth, options);
  if (options.token !== undefined && auth === undefined && contract.auth.length > 0) {
    const ways = contract.auth.map((way) => `\`${way.in}\``).join(", ");
    throw new TypeError(`the token can't travel over this channel, from here: the contract has the ways ${ways}`);
  }
  return {
    contract,
    channel,
    options,
    url: address(contract, channel, url, options),
    auth,
    heartbeat: heartbeat(contract, options),
    validate: options.validate ?? "strict",
    buffer: options.buffer ?? 1_024,
  };
}

function address(contract: ContractDescription, channel: ChannelDescription, base: string | URL, options: AnyOptions): URL {
  const url = new URL(base, (globalThis as { location?: { href: string } }).location?.href);
  const { secure, plain } = channel.transport.schemes;
  const isSecure = ["https:", "wss:"].includes(url.protocol);
  if (!isSecure && !["http:", "ws:"].includes(url.protocol)) {
    throw new TypeError(`\`${url.protocol}\` is no scheme of a server: write \`${secure}//host\` or \`${plain}//host\``);
  }
  // A new URL, since the scheme of one that stands can't be changed to every other.
  const target = new URL(`${isSecure ? secure : plain}${url.href.slice(url.protocol.length)}`);
  target.hash = "";
  target.pathname = `${target.pathname.replace(/\/$/, "")}${filled(channel.address, options.parameters ?? {})}`;
  for (const [name, value] of Object.entries(options.query ?? {})) {
    if (value !== undefined) target.searchParams.set(name, String(value));
  }
  if (options.topics) {
    if (!contract.filter) throw new TypeError("the contract has no filter of topics");
    target.searchParams.set(contract.filter.query, options.topics.join(contract.filter.separator));
  }
  return target;
}

function filled(address: string, parameters: { readonly [name: string]: string }): string {
  const path = address.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => {
    if (!Object.hasOwn(parameters, name)) throw new TypeError(`the address \`${address}\` needs the parameter \`${name}\``);
    return encodeURIComponent(parameters[name]!);
  });
  return path === "" || path.startsWith("/") ? path : `/${path}`;
}

function heartbeat({ heartbeat: rule }: ContractDescription, { heartbeat: options }: AnyOptions): HeartbeatOptions {
  if (options === false) return { everyMs: Infinity, silenceMs: Infinity };
  return {
    everyMs: options?.everyMs ?? rule?.everyMs,
    withinMs: options?.withinMs ?? rule?.withinMs,
    silenceMs: options?.silenceMs ?? (rule?.from === "server" ? rule.deadAfterMs : undefined),
  };
}
