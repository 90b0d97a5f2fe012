/**
 * Links to addresses that the server names.
 */
import { element } from "./elements.js";

/** A link to a page of the web; of any other address the text alone. */
export function link(url: string): HTMLElement | string {
  return isOfTheWeb(url) ? element("a", { href: url, rel: "noreferrer" }, url) : url;
}

/** Whether an address is one of the web: a link to `javascript:` would run what it says. */
export function isOfTheWeb(url: string): boolean {
  try {
    return ["https:", "http:"].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}
