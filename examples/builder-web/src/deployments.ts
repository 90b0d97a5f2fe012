/**
 * The deployments, one progress bar each.
 */
import { element, keyed, part, setText } from "./elements.js";
import { link } from "./link.js";
import { createBar, setProgress } from "./progress.js";
import type { Deployment } from "./state.js";

/** Shows the deployments in `list`. */
export function showDeployments(list: Element, deployments: readonly Deployment[]): void {
  keyed(list, deployments, { key: ({ id }) => id, create, update });
}

function create({ id, environment }: Deployment): HTMLElement {
  const heading = `deployment-${id}`;
  return element(
    "li",
    { class: "item" },
    element("h3", { id: heading }, `Deployment to ${environment}`),
    element("span", { class: "status" }),
    createBar(heading),
    element("p", { class: "message" }),
    element("p", { class: "message address" }),
  );
}

function update(item: HTMLElement, { stage, progress, message, url }: Deployment): void {
  item.dataset["status"] = url === undefined ? "working" : "completed";
  setText(part(item, ".status"), stage);
  setText(part(item, ".message"), message);
  setProgress(part(item, ".bar"), progress, stage);
  const address = part(item, ".address");
  if (url !== undefined && !address.hasChildNodes()) address.append(link(url));
}
