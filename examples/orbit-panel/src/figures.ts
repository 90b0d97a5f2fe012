/**
 * Numbers as people read them, and a series of them as a line. Nothing here touches the page.
 */

/** A series over time, ready to be drawn and to be read aloud. */
export interface Series {
  /** The `points` of an SVG polyline in a box of `WIDTH` × `HEIGHT`, the oldest on the left. */
  readonly points: string;
  /** The figure at the upper edge of the box. */
  readonly top: number;
  readonly now: number;
  readonly least: number;
  readonly most: number;
}

export const WIDTH = 300;
export const HEIGHT = 80;

/**
 * Lays a series out. Less than `nSlots` figures stand at the right: the line grows from there.
 * @param figures the oldest first, none of them negative
 * @param floor the least that the upper edge stands for, so that a quiet series lies low
 * @returns nothing where there are no figures
 */
export function series(figures: readonly number[], nSlots: number, floor: number): Series | undefined {
  const now = figures.at(-1);
  if (now === undefined) return undefined;
  const [least, most] = [Math.min(...figures), Math.max(...figures)];
  const top = rounded(Math.max(most, floor));
  const step = WIDTH / Math.max(nSlots - 1, 1);
  const x = (index: number) => WIDTH - (figures.length - 1 - index) * step;
  const y = (figure: number) => HEIGHT * (1 - figure / top);
  const points = figures.map((figure, index) => `${x(index).toFixed(1)},${y(figure).toFixed(1)}`).join(" ");
  return { points, top, now, least, most };
}

/** The next larger of 1, 2 and 5 times a power of ten, so that the scale does not move with every figure. */
function rounded(figure: number): number {
  const power = 10 ** Math.floor(Math.log10(figure));
  const factor = [1, 2, 5, 10].find((factor) => factor * power >= figure);
  return (factor ?? 10) * power;
}

export function percent(figure: number): string {
  return `${figure.toFixed(1)} %`;
}

const UNITS = ["B", "kB", "MB", "GB", "TB", "PB"];

/** A size in decimal units. */
export function bytes(figure: number): string {
  let [value, unit] = [figure, 0];
  while (value >= 1000 && unit < UNITS.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${value.toFixed(unit === 0 || value >= 100 ? 0 : 1)} ${UNITS[unit]}`;
}

/** The time of day of a timestamp (RFC 3339), where the reader is. */
export function timeOfDay(timestamp: string): string {
  return new Date(timestamp).toLocaleTimeString(undefined, { hour12: false });
}
