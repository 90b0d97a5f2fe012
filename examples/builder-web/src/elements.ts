/**
 * Elements, made and kept in order. What comes from the server becomes text and never markup.
 */

type Child = Node | string;

/** Makes an element. */
export function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Readonly<Record<string, string>>,
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/**
 * The element of the page with that id.
 * @throws when the page has none of that kind: it and its script do not belong together
 */
export function byId<T extends Element>(id: string, kind: abstract new () => T): T {
  const found = document.getElementById(id);
  if (found instanceof kind) return found;
  throw new Error(`the page has no ${kind.name} #${id}`);
}

/** The first descendant that matches a selector. */
export function part(parent: Element, selector: string): Element {
  const found = parent.querySelector(selector);
  if (found) return found;
  throw new Error(`no ${selector} in ${parent.localName}`);
}

/** Sets the text of an element, unless it is that: what has not changed is not announced again. */
export function setText(target: Element, text: string): void {
  if (target.textContent !== text) target.textContent = text;
}

/** Sets an attribute, unless it is that. */
export function setAttribute(target: Element, name: string, value: string): void {
  if (target.getAttribute(name) !== value) target.setAttribute(name, value);
}

/** How a list of items becomes elements. */
export interface Items<T> {
  key(item: T): string;
  create(item: T): HTMLElement;
  update?(target: HTMLElement, item: T): void;
}

/** Makes the children of `parent` those of `items`, in that order, and keeps the elements of items that were there. */
export function keyed<T>(parent: Element, items: readonly T[], { key, create, update }: Items<T>): void {
  const before = new Map<string, HTMLElement>();
  for (const child of parent.children) {
    if (child instanceof HTMLElement) before.set(child.dataset["key"] ?? "", child);
  }
  const wanted = items.map((item) => {
    const id = key(item);
    const child = before.get(id) ?? create(item);
    child.dataset["key"] = id;
    before.delete(id);
    update?.(child, item);
    return child;
  });
  for (const gone of before.values()) gone.remove();
  wanted.forEach((child, index) => {
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
}
