/** Elements in one call. Text is always set as text, never parsed as HTML. */

export type Child = Node | string | number | null | undefined | false | readonly Child[];

export interface Props {
  readonly class?: string;
  readonly style?: Readonly<Record<string, string>>;
  readonly on?: { readonly [K in keyof HTMLElementEventMap]?: (event: HTMLElementEventMap[K]) => void };
  readonly [attribute: string]: unknown;
}

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  return withProps(document.createElement(tag), props, children);
}

export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  props: Props = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  return withProps(document.createElementNS("http://www.w3.org/2000/svg", tag), props, children);
}

function withProps<E extends HTMLElement | SVGElement>(element: E, props: Props, children: Child[]): E {
  const { on, style, ...attributes } = props;
  for (const [name, value] of Object.entries(attributes)) setAttribute(element, name, value);
  // Custom properties need setProperty; assigning to style would drop them.
  for (const [name, value] of Object.entries(style ?? {})) element.style.setProperty(name, value);
  for (const [name, listener] of Object.entries(on ?? {})) {
    if (listener) element.addEventListener(name, listener as EventListener);
  }
  append(element, children);
  return element;
}

/** true: present without a value; false, null and undefined: absent. */
export function setAttribute(element: Element, name: string, value: unknown): void {
  if (value === false || value === null || value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, value === true ? "" : String(value));
}

function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    if (Array.isArray(child)) append(parent, child as readonly Child[]);
    else parent.appendChild(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

/** Replace the children. */
export function fill(parent: Element, ...children: Child[]): void {
  const wanted = document.createDocumentFragment();
  append(wanted, children);
  parent.replaceChildren(wanted);
}

/** Set the text only if it changed, to keep selections and not to disturb screen readers. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

let ids = 0;

/** An id for labels and descriptions. */
export function freshId(stem: string): string {
  ids += 1;
  return `${stem}-${ids}`;
}
