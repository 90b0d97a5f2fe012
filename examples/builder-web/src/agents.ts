/**
 * The agents, one progress bar each.
 */
import { element, keyed, part, setText } from "./elements.js";
import { createBar, setProgress } from "./progress.js";
import type { Agent } from "./state.js";

/** Shows the agents in `list`. */
export function showAgents(list: Element, agents: readonly Agent[]): void {
  keyed(list, agents, { key: ({ id }) => id, create, update });
}

function create({ id, type }: Agent): HTMLElement {
  const heading = `agent-${id}`;
  return element(
    "li",
    { class: "item" },
    element("h3", { id: heading }, `${type} agent`),
    element("span", { class: "status" }),
    createBar(heading),
    element("p", { class: "message" }),
    element("p", { class: "output" }),
  );
}

function update(item: HTMLElement, agent: Agent): void {
  item.dataset["status"] = agent.status;
  setText(part(item, ".status"), agent.status);
  setText(part(item, ".message"), [agent.task, agent.message].filter((text) => text !== "").join(": "));
  setText(part(item, ".output"), agent.output ?? "");
  setProgress(part(item, ".bar"), agent.progress, agent.status);
}
