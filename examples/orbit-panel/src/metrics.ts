/**
 * The charts of a container: a line drawn by hand, its figures in a sentence, and all of them in a table.
 */
import { element, keyed, part, setAttribute, setText } from "./elements.js";
import { bytes, HEIGHT, percent, series, timeOfDay, WIDTH } from "./figures.js";
import { type Container, LIMITS, type Sample, short } from "./state.js";

/** One of the figures that are drawn. */
interface Measure {
  readonly name: string;
  of(sample: Sample): number;
  show(figure: number): string;
  /** What the upper edge stands for at least. */
  readonly floor: number;
}

const MEASURES: readonly Measure[] = [
  { name: "Processor", of: (sample) => sample.cpuPercent, show: percent, floor: 10 },
  { name: "Memory", of: (sample) => sample.memoryBytes, show: bytes, floor: 1e6 },
];

/** Shows the charts of the container that was heard of last. */
export function showMetrics(charts: Element, rows: Element, containers: readonly Container[]): void {
  const container = containers.find(({ samples }) => samples.length > 0);
  if (!container) {
    charts.replaceChildren();
    rows.replaceChildren();
    return;
  }
  keyed(charts, MEASURES, {
    key: ({ name }) => name,
    create: createChart,
    update: (figure, measure) => drawChart(figure, measure, container),
  });
  keyed(rows, container.samples, { key: ({ eventId }) => eventId, create: createRow });
}

function createChart({ name }: Measure): HTMLElement {
  const id = `chart-${name.toLowerCase()}`;
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  svg.setAttribute("aria-labelledby", id);
  svg.append(shape("polygon"), shape("polyline"));
  return element(
    "figure",
    { class: "chart" },
    element("div", { class: "scale" }, element("strong", {}, name), element("span", { class: "top" })),
    svg,
    element("figcaption", { id, class: "summary" }),
  );
}

function shape(name: "polygon" | "polyline"): SVGElement {
  return document.createElementNS("http://www.w3.org/2000/svg", name);
}

function drawChart(figure: HTMLElement, { name, of, show, floor }: Measure, { id, samples }: Container): void {
  const drawn = series(samples.map(of), LIMITS.samples, floor);
  if (!drawn) return;
  const left = drawn.points.split(",", 1)[0] ?? "0";
  setAttribute(part(figure, "polyline"), "points", drawn.points);
  setAttribute(part(figure, "polygon"), "points", `${left},${HEIGHT} ${drawn.points} ${WIDTH},${HEIGHT}`);
  setText(part(figure, ".top"), show(drawn.top));
  const range = `from ${show(drawn.least)} to ${show(drawn.most)} in the last ${samples.length} samples`;
  setText(part(figure, ".summary"), `${name} of container ${short(id)}: ${show(drawn.now)} now, ${range}`);
}

function createRow({ timestamp, cpuPercent, memoryBytes, diskBytes }: Sample): HTMLElement {
  const cells = [percent(cpuPercent), bytes(memoryBytes), bytes(diskBytes)];
  return element(
    "tr",
    {},
    element("th", { scope: "row" }, timeOfDay(timestamp)),
    ...cells.map((cell) => element("td", {}, cell)),
  );
}
