/* What stands above the text while one writes: the kind of message, the follow-up budget, what is answered or edited.
   Must never keep a choice of its own: it draws what the composer holds. */

import { composer as words } from "../strings.js";
import { button, h, icon, swap } from "./draw.js";

/* Two parts that are redrawn apart: a changed budget must not take a choice from under someone's finger. */
export function drawPurposes(composer, open, name) {
  const { desk, purpose, purposes, budget } = composer;
  const kinds = open.map((one) => one.purpose);
  swap(purposes, kinds, () => (kinds.length > 1 ? choice(composer, kinds) : null));
  for (const input of purposes.querySelectorAll("input")) input.checked = input.value === purpose;
  const left = desk.state.support?.follow_ups_remaining;
  const line = left == null || desk.role === "moderator" ? null : budgetLine(desk, left, name);
  swap(
    budget,
    line,
    () => line && h("p", { class: "budget", "data-testid": "follow-up-budget", "data-left": left }, line),
  );
}

function budgetLine({ state, me }, left, name) {
  return state.parties[me]?.role === "seller" ? words.budgetSeller(left, name) : words.budgetBuyer(left, name);
}

function choice(composer, kinds) {
  const pick = (kind) => {
    composer.purpose = kind;
    composer.draw();
    composer.input.focus();
  };
  const one = (kind) => {
    const given = { type: "radio", name: "purpose", value: kind };
    const input = h("input", { ...given, "data-testid": `purpose-${kind}`, on: { change: () => pick(kind) } });
    return h("label", { class: "purpose" }, input, h("span", {}, words.purposes[kind]));
  };
  return h("div", { class: "purposes", role: "radiogroup", "aria-label": words.purpose }, kinds.map(one));
}

export function drawContext(composer) {
  const { about, context, sendButton } = composer;
  const [name, glyph] = about?.kind === "edit" ? [words.save, "check"] : [words.send, "send"];
  swap(sendButton, name, () => icon(glyph));
  Object.assign(sendButton, { ariaLabel: name, title: name });
  swap(context, about && [about.kind, about.item.seq], () => {
    if (!about) return null;
    const editing = about.kind === "edit";
    const title = editing ? words.editing : words.replying(about.name);
    const stop = { label: words.stop, glyph: "x", tone: "quiet", hideLabel: true, "data-testid": "composer-cancel" };
    return h(
      "div",
      { class: "composer-about" },
      icon(editing ? "edit" : "reply"),
      h("p", {}, h("strong", {}, title), h("span", {}, about.item.text)),
      button(stop, () => composer.stop()),
    );
  });
}
