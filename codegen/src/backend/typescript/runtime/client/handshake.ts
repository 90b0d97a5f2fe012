import type { AuthDescription } from "../contract.js";

/** Statuses of which a later attempt may get rid. */
const PASSING_STATUSES = [408, 425, 429];

/** Puts the token where the contract says. */
export function carry(token: string, auth: AuthDescription | undefined, url: URL, headers: Record<string, string>): void {
  if (auth?.in === "header") headers[auth.name] = auth.scheme === undefined ? token : `${auth.scheme} ${token}`;
  if (auth?.in === "query") url.searchParams.set(auth.name, token);
}

/** Whether the server will answer the same again. */
export function isRefusal(status: number | undefined): boolean {
  return status !== undefined && status >= 400 && status < 500 && !PASSING_STATUSES.includes(status);
}
