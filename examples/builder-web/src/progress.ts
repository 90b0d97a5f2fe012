/**
 * Progress bars.
 */
import { element, part, setAttribute } from "./elements.js";

/** Makes a progress bar that is named by the element with that id. */
export function createBar(labelledBy: string): HTMLElement {
  const attributes = { "class": "bar", "role": "progressbar", "aria-valuemin": "0", "aria-valuemax": "100" };
  return element("div", { ...attributes, "aria-labelledby": labelledBy }, element("div", { class: "fill" }));
}

/** Shows how far something has come, in whole percent, and says it in words. */
export function setProgress(bar: Element, progress: number, words: string): void {
  setAttribute(bar, "aria-valuenow", String(progress));
  setAttribute(bar, "aria-valuetext", `${progress} %, ${words}`);
  const fill = part(bar, ".fill");
  // Set by script, which a Content-Security-Policy allows where it forbids `style` in markup.
  if (fill instanceof HTMLElement) fill.style.width = `${progress}%`;
}
