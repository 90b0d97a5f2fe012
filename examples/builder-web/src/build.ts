/**
 * The latest build: its phases, how far it is, and how it ended.
 */
import { element, keyed, part, setAttribute, setText } from "./elements.js";
import { link } from "./link.js";
import { createBar, setProgress } from "./progress.js";
import { type Build, standing } from "./state.js";

/** Shows the build in `box`. */
export function showBuild(box: Element, build: Build | undefined): void {
  keyed(box, build ? [build] : [], { key: () => "build", create, update });
}

function create(): HTMLElement {
  return element(
    "div",
    { class: "build" },
    element("ol", { "class": "phases", "aria-label": "Phases" }),
    createBar("build-title"),
    element("p", { class: "message", role: "status" }),
    element("div", { class: "end" }),
  );
}

function update(item: HTMLElement, build: Build): void {
  keyed(part(item, ".phases"), build.phases, {
    key: (phase) => phase,
    create: (phase) => element("li", {}, phase, " ", element("span", { class: "standing" })),
    update: (step, phase) => updatePhase(step, standing(build, phase)),
  });
  const left = build.secondsLeft === undefined ? "" : `, about ${build.secondsLeft} s left`;
  setText(part(item, ".message"), `${build.message}${left}`);
  setProgress(part(item, ".bar"), build.progress, build.message);
  item.dataset["end"] = build.end === undefined ? "" : "completed" in build.end ? "completed" : "failed";
  const end = part(item, ".end");
  if (!build.end) end.replaceChildren();
  else if (!end.hasChildNodes()) end.append(...told(build.end));
}

function updatePhase(step: HTMLElement, standing: string): void {
  step.dataset["standing"] = standing;
  if (standing === "current") setAttribute(step, "aria-current", "step");
  else step.removeAttribute("aria-current");
  setText(part(step, ".standing"), standing);
}

/** How a build ended, once and for all. */
function told(end: NonNullable<Build["end"]>): HTMLElement[] {
  if ("failed" in end) {
    const suggestions = end.failed.suggestions.map((suggestion) => element("li", {}, suggestion));
    return [element("p", {}, "What may help:"), element("ul", {}, ...suggestions)];
  }
  const { duration, previewUrl, stats } = end.completed;
  const made = [
    `${stats.componentsGenerated} components`,
    `${stats.apiEndpointsCreated} endpoints`,
    `${stats.dataModelsCreated} data models`,
  ];
  return [
    element("p", {}, `${made.join(", ")} in ${duration} s`),
    element("p", {}, "Preview: ", link(previewUrl)),
  ];
}
