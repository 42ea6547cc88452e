/* The order's way from placed to closed as four steps, so that one sees at a glance how far it is.
   Must never show an order that ended otherwise as if it were still on its way. */

import { order as words, states } from "../strings.js";
import { h, icon } from "./draw.js";

const WAY = ["pending", "in_progress", "delivered", "closed"];
/* Side roads, shown at the step that they lead back to. */
const AT = { revision_requested: "in_progress", revision_refused: "delivered", frozen: "in_progress" };
const OVER = new Set(["cancelled", "expired"]);

export function progress({ state }) {
  if (OVER.has(state)) return null;
  const at = WAY.indexOf(AT[state] ?? state);
  const steps = WAY.map((step, index) => {
    const done = index < at || state === "closed";
    const here = index === at;
    const label = here && AT[state] ? states[state] : words.steps[step];
    const mark = h("span", { class: "step-mark" }, done && icon("check"));
    return h(
      "li",
      { class: `step${done ? " step-done" : ""}${here ? " step-here" : ""}`, "aria-current": here ? "step" : null },
      mark,
      h("span", {}, label),
    );
  });
  return h("ol", { class: "progress", "aria-label": words.progress }, steps);
}
