/**
 * Toasts: told politely, gone after a while unless someone points at them or has moved the focus there.
 */
import { element } from "./elements.js";

export type Tone = "good" | "bad" | "neutral";

const MAX_TOASTS = 4;
const SHOWN_MS = 8000;

/** Shows a toast in `region`, which must be a live region. */
export function toast(region: HTMLElement, tone: Tone, text: string): void {
  const close = element("button", { type: "button", "aria-label": `Dismiss: ${text}` }, "×");
  const shown = element("div", { class: "toast", "data-tone": tone }, element("span", {}, text), close);
  close.addEventListener("click", () => shown.remove());
  region.append(shown);
  while (region.children.length > MAX_TOASTS) region.firstElementChild?.remove();
  fade(shown);
}

function fade(shown: HTMLElement): void {
  setTimeout(() => {
    if (shown.matches(":hover, :focus-within")) fade(shown);
    else shown.remove();
  }, SHOWN_MS);
}
