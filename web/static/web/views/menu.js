/* A short list of choices beside a button; on a phone a sheet from below. Arrow keys move, Escape closes.
   Must never offer what the caller did not hand in. */

import { button, h } from "./draw.js";

const GAP = 6;

export function openMenu(anchor, items, label) {
  const close = () => menu.close();
  const rows = items.map((item) =>
    h(
      "li",
      { role: "none" },
      button(
        {
          label: item.label,
          glyph: item.icon,
          tone: item.danger ? "menu-danger" : "menu",
          role: "menuitem",
          disabled: item.disabled,
          "data-testid": item.testid,
        },
        () => {
          close();
          item.act();
        },
      ),
      item.hint && h("p", { class: "menu-hint" }, item.hint),
    ),
  );
  const menu = h("dialog", { class: "menu", "aria-label": label }, h("ul", { role: "menu" }, rows));
  menu.addEventListener("click", (event) => event.target === menu && close());
  menu.addEventListener("close", () => menu.remove());
  menu.addEventListener("keydown", (event) => move(event, menu));
  document.body.append(menu);
  menu.showModal();
  place(menu, anchor.getBoundingClientRect());
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
