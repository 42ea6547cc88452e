/* A short list of choices beside a button; on a phone a sheet from below. Arrow keys move, Escape closes.
   Must never offer what the caller did not hand in, nor go on showing a choice that has changed meanwhile. */

import { button, h, swap } from "./draw.js";

const GAP = 6;

/* `choices` is asked again whenever `source` says that something changed. */
export function openMenu(anchor, { label, choices, source }) {
  const list = h("ul", { role: "menu" });
  const menu = h("dialog", { class: "menu", "aria-label": label }, list);
  const close = () => menu.close();
  const draw = () => {
    const items = choices();
    const shown = items.map(({ act, ...look }) => look);
    swap(list, shown, () => items.map((item) => row(item, close)));
  };
  menu.addEventListener("click", (event) => event.target === menu && close());
  menu.addEventListener("keydown", (event) => move(event, menu));
  menu.addEventListener("close", () => {
    source.removeEventListener("change", draw);
    menu.remove();
  });
  source.addEventListener("change", draw);
  draw();
  document.body.append(menu);
  menu.showModal();
  place(menu, anchor.getBoundingClientRect());
}

function row({ label, icon, danger, disabled, hint, testid, act }, close) {
  const chosen = () => {
    close();
    act();
  };
  const look = { label, glyph: icon, tone: danger ? "menu-danger" : "menu", role: "menuitem", disabled };
  return h(
    "li",
    { role: "none" },
    button({ ...look, "data-testid": testid }, chosen),
    hint && h("p", { class: "menu-hint" }, hint),
  );
}

function move(event, menu) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step) return;
  event.preventDefault();
  const choices = [...menu.querySelectorAll("button:not([disabled])")];
  const at = choices.indexOf(document.activeElement);
  choices[(at + step + choices.length) % choices.length]?.focus();
}

/* The style sheet makes it a sheet on narrow screens and ignores these. */
function place(menu, at) {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const below = at.bottom + GAP + height < innerHeight;
  menu.style.setProperty("--top", `${below ? at.bottom + GAP : Math.max(8, at.top - GAP - height)}px`);
  menu.style.setProperty("--left", `${Math.max(8, Math.min(at.right - width, innerWidth - width - 8))}px`);
}
