/* A modal question: a sheet from below on a phone, a card in the middle elsewhere. The browser's own <dialog> keeps the focus.
   Must never close over what a person typed without being asked to. */

import { app } from "../strings.js";
import { button, h } from "./draw.js";

let count = 0;

/* body: nodes. confirm: {label, tone}. act: async, throws to stay open. Returns the dialog's parts for further drawing. */
export function openDialog({ title, lead, body = [], confirm, act, testid, wide = false }) {
  const id = `dialog-${(count += 1)}`;
  const close = () => dialog.close();
  const alert = h("div", { class: "dialog-alert", role: "alert" });
  const go =
    confirm &&
    h(
      "button",
      {
        type: "submit",
        class: `btn btn-${confirm.tone ?? "primary"}`,
        "data-testid": confirm.testid ?? "dialog-confirm",
      },
      confirm.label,
    );
  const form = h(
    "form",
    { class: "dialog-form", method: "dialog", novalidate: true },
    h(
      "header",
      { class: "dialog-head" },
      h("h2", { id }, title),
      button({ label: app.close, glyph: "x", tone: "quiet", hideLabel: true, "data-testid": "dialog-close" }, close),
    ),
    h("div", { class: "dialog-body" }, lead && h("p", { class: "dialog-lead" }, lead), alert, body),
    h(
      "footer",
      { class: "dialog-foot" },
      button({ label: app.cancel, tone: "quiet", "data-testid": "dialog-cancel" }, close),
      go,
    ),
  );
  const dialog = h(
    "dialog",
    { class: `dialog${wide ? " dialog-wide" : ""}`, "aria-labelledby": id, "data-testid": testid },
    form,
  );
  const parts = { dialog, form, alert, go, close };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (go.disabled) return;
    go.disabled = true;
    go.setAttribute("aria-busy", "true");
    alert.replaceChildren();
    try {
      await act(parts);
      close();
    } catch (problem) {
      if (problem?.message) alert.replaceChildren(h("p", {}, problem.message));
      alert.scrollIntoView({ block: "nearest" });
    } finally {
      go.disabled = Boolean(go.barred);
      go.removeAttribute("aria-busy");
    }
  });
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  form.querySelector("textarea, input")?.focus();
  return parts;
}
