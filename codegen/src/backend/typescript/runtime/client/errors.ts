import type { ClientError } from "./types.js";

type Fields<Kind> = Omit<Extract<ClientError, { kind: Kind }>, keyof Error | "kind">;

/** Makes an error of a kind. */
export function problem<Kind extends ClientError["kind"]>(
  kind: Kind,
  message: string,
  fields: Fields<Kind>,
  cause?: unknown,
): Extract<ClientError, { kind: Kind }> {
  const error = new Error(message, cause === undefined ? undefined : { cause });
  error.name = "ClientError";
  return Object.assign(error, { kind, ...fields }) as unknown as Extract<ClientError, { kind: Kind }>;
}
