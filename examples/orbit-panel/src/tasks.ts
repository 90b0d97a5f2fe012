/**
 * The list of tasks: one progress bar each.
 */
import { element, keyed, part, setAttribute, setText } from "./elements.js";
import { short, type Task } from "./state.js";

const NAMES: Readonly<Record<string, string>> = {
  "app.install": "Install an app",
  "container.start": "Start the container",
  "snapshot.create": "Take a snapshot",
  "container.export": "Export the container",
};

/** What a task does, in words where there are some. */
export function nameOf({ type }: Pick<Task, "type">): string {
  return type === undefined ? "A task that began earlier" : (NAMES[type] ?? type);
}

/** Shows the tasks in `list`. */
export function showTasks(list: Element, tasks: readonly Task[]): void {
  keyed(list, tasks, { key: ({ id }) => id, create, update });
}

function create({ id }: Task): HTMLElement {
  const heading = `task-${id}`;
  const bar = element("div", { class: "bar", role: "progressbar", "aria-labelledby": heading, "aria-valuemin": "0", "aria-valuemax": "100" });
  bar.append(element("div", { class: "fill" }));
  return element(
    "li",
    { class: "task" },
    element("h3", { id: heading }, element("span", { class: "name" }), " ", element("code", {}, short(id))),
    element("span", { class: "status" }),
    bar,
    element("p", { class: "message" }),
  );
}

function update(item: HTMLElement, task: Task): void {
  setText(part(item, ".name"), nameOf(task));
  setText(part(item, ".status"), task.status);
  setText(part(item, ".message"), task.message);
  item.dataset["status"] = task.status;
  const bar = part(item, ".bar");
  setAttribute(bar, "aria-valuenow", String(task.progress));
  setAttribute(bar, "aria-valuetext", `${task.progress} %, ${task.status}`);
  const fill = part(bar, ".fill");
  // Set by script, which a Content-Security-Policy allows where it forbids `style` in markup.
  if (fill instanceof HTMLElement) fill.style.width = `${task.progress}%`;
}
