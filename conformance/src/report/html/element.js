// Elements are made, never parsed: what a server sent can only ever become text.

/**
 * Makes an element. Attributes that are `false`, `null` or `undefined` are left out; functions are listeners.
 * @param {string} name
 * @param {Record<string, unknown>} [attributes]
 * @param {...(Node | string | null | undefined | false)} children
 */
function h(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (typeof value === 'function') element.addEventListener(key, value);
    else element.setAttribute(key, value === true ? '' : String(value));
  }
  append(element, children);
  return element;
}

function append(element, children) {
  for (const child of children.flat()) {
    if (child || child === 0) element.append(child);
  }
}

/** Replaces what is in an element. */
function fill(element, ...children) {
  element.replaceChildren();
  append(element, children);
}

/** Sets lengths and places that no style sheet can know. */
function placed(element, properties) {
  for (const [name, value] of Object.entries(properties)) element.style.setProperty(name, value);
  return element;
}

/** A number of things: `1 session`, `2 sessions`. */
function counted(n, one, many = `${one}s`) {
  return `${n.toLocaleString('en')} ${n === 1 ? one : many}`;
}

/** A time in milliseconds, for people. */
function time(ms) {
  if (ms >= 60_000) return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
  if (ms >= 1000) return `${(ms / 1000).toFixed(ms >= 10_000 ? 1 : 2)} s`;
  if (ms === 0) return '0 ms';
  return `${ms >= 100 ? Math.round(ms) : ms.toFixed(1)} ms`;
}
