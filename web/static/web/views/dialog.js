/* A modal question: a sheet from below on a phone, a card in the middle elsewhere. The browser's own <dialog> keeps the focus.
   Must never be confirmed twice by an impatient finger, nor close before the answer is there. */

import { app } from "../strings.js";
import { button, h } from "./draw.js";

let count = 0;

/* Thrown by an `act` that has said itself what is missing: the dialog stays. */
export class Stay extends Error {}

/* body: nodes. confirm: {label, tone}. act: async, throws to stay open. Returns the dialog's parts for further drawing. */
export function openDialog({ title, lead, body = [], confirm, act, testid }) {
  const id = `dialog-${(count += 1)}`;
  const close = () => dialog.close();
  const cross = { label: app.close, glyph: "x", tone: "quiet", hideLabel: true, "data-testid": "dialog-close" };
  const cancel = { label: app.cancel, tone: "quiet", "data-testid": "dialog-cancel" };
  const submit = { type: "submit", class: `btn btn-${confirm.tone ?? "primary"}` };
  const go = h("button", { ...submit, "data-testid": confirm.testid ?? "dialog-confirm" }, confirm.label);
  const alert = h("div", { class: "dialog-alert", role: "alert" });
  const form = h(
    "form",
    { class: "dialog-form", method: "dialog", novalidate: true },
    h("header", { class: "dialog-head" }, h("h2", { id }, title), button(cross, close)),
    h("div", { class: "dialog-body" }, lead && h("p", { class: "dialog-lead" }, lead), alert, body),
    h("footer", { class: "dialog-foot" }, button(cancel, close), go),
  );
  const dialog = h("dialog", { class: "dialog", "aria-labelledby": id, "data-testid": testid }, form);
  const parts = { dialog, form, alert, go, close };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (!go.disabled) confirmed(parts, act);
  });
  /* In a field of several lines Enter is a new line. */
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit(go);
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  form.querySelector("select, textarea, input")?.focus();
  return parts;
}

async function confirmed({ alert, go, close }, act) {
  go.disabled = true;
  go.setAttribute("aria-busy", "true");
  alert.replaceChildren();
  try {
    await act();
    close();
  } catch (problem) {
    if (!(problem instanceof Stay)) alert.replaceChildren(h("p", {}, problem.message));
    alert.scrollIntoView({ block: "nearest" });
  } finally {
    go.disabled = Boolean(go.barred);
    go.removeAttribute("aria-busy");
  }
}
