/**
 * The two lists that grow at their end: the log of installations, and what happened.
 */
import { element, keyed } from "./elements.js";
import { timeOfDay } from "./figures.js";
import { type Activity, type LogLine, short } from "./state.js";

/** Shows the log. Who reads its end stays there, who has scrolled back stays where they are. */
export function showLog(box: Element, lines: readonly LogLine[]): void {
  atEnd(box, () => keyed(box, lines, { key: ({ eventId }) => eventId, create: createLine }));
}

/** Shows what happened. */
export function showActivity(box: Element, activity: readonly Activity[]): void {
  atEnd(box, () => keyed(box, activity, { key: ({ eventId }) => eventId, create: createActivity }));
}

function createLine({ timestamp, taskId, level, line }: LogLine): HTMLElement {
  return element(
    "div",
    { class: "line", "data-level": level },
    element("time", { datetime: timestamp }, timeOfDay(timestamp)),
    ` ${short(taskId)} `,
    element("span", { class: "level" }, level),
    ` ${line}`,
  );
}

function createActivity({ timestamp, text }: Activity): HTMLElement {
  return element("div", { class: "line" }, element("time", { datetime: timestamp }, timeOfDay(timestamp)), ` ${text}`);
}

function atEnd(box: Element, change: () => void): void {
  const isAtEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 8;
  change();
  if (isAtEnd) box.scrollTop = box.scrollHeight;
}
