/* How views make elements: small constructors, and two ways to redraw without disturbing what a person is doing.
   Must never turn a string into markup: text becomes text nodes, and nothing else. */

const SVG = "http://www.w3.org/2000/svg";

export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") for (const [event, act] of Object.entries(value)) node.addEventListener(event, act);
    else if (name === "value") node.value = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(
    ...children
      .flat(Infinity)
      .filter((child) => child !== null && child !== undefined && child !== false && child !== ""),
  );
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#i-${name}`);
  svg.append(use);
  return svg;
}

export function button({ label, glyph, tone = "secondary", hideLabel = false, ...props }, act) {
  const { class: more = "", ...rest } = props;
  const said = hideLabel ? { "aria-label": label, title: label } : {};
  return h(
    "button",
    {
      type: "button",
      class: `btn btn-${tone}${hideLabel ? " btn-icon" : ""} ${more}`.trim(),
      ...said,
      ...rest,
      on: { click: act },
    },
    glyph && icon(glyph),
    !hideLabel && h("span", {}, label),
  );
}

/* The control that has the focus in `place`, as a way back to its like once `place` was drawn anew; null without one. */
function focusIn(place) {
  const held = document.activeElement;
  if (!place.contains(held) || held === place) return null;
  const alike = held.dataset.testid ? `[data-testid="${CSS.escape(held.dataset.testid)}"]` : held.localName;
  const at = [...place.querySelectorAll(alike)].indexOf(held);
  return (fresh) => {
    const again = fresh.contains(held) ? held : fresh.querySelectorAll(alike)[at];
    if (again !== document.activeElement) again?.focus({ preventScroll: true });
  };
}

/* Redraws only when what is shown has changed, and gives the focus back to the same control. */
export function swap(parent, signature, build) {
  const sign = JSON.stringify(signature);
  if (parent.signature === sign) return;
  parent.signature = sign;
  const refocus = focusIn(parent);
  parent.replaceChildren(...[build()].flat().filter(Boolean));
  refocus?.(parent);
}

/* Keeps the nodes of items that did not change, so that a selection, a playing animation or the scroll stay put.
   Whoever has the focus in an item keeps it there, also where the item is drawn anew or moves. */
export function reconcile(parent, items, build) {
  const known = new Map([...parent.children].map((node) => [node.key, node]));
  const focused = [...known.values()].find((node) => node.contains(document.activeElement));
  const refocus = focused && focusIn(focused);
  let at = parent.firstElementChild;
  let kept = null;
  for (const item of items) {
    let node = known.get(item.key);
    known.delete(item.key);
    if (!node || node.sign !== item.sign) {
      const fresh = build(item);
      Object.assign(fresh, { key: item.key, sign: item.sign });
      if (node) {
        if (at === node) at = fresh;
        node.replaceWith(fresh);
      }
      node = fresh;
    }
    if (focused?.key === item.key) kept = node;
    if (node === at) at = at.nextElementSibling;
    else parent.insertBefore(node, at);
  }
  for (const stale of known.values()) stale.remove();
  if (kept) refocus?.(kept);
}
