/* The fields of a dialog, from the data of actions.js: draws them, reads them, says what is missing.
   Must never round or guess: what cannot be read exactly is asked for again. */

import { decimal, digitsOf, parseMoney } from "../money.js";
import { faults } from "../strings.js";
import { localMinute } from "../when.js";
import { h, icon } from "./draw.js";

let count = 0;

function control(field, id, { currency }) {
  const given = {
    id,
    name: field.name,
    "aria-describedby": `${id}-hint`,
    "data-testid": `field-${field.name}`,
    required: field.required,
  };
  if (field.kind === "text" && field.rows === 1)
    return h("input", { ...given, type: "text", maxlength: field.max, value: field.value ?? "" });
  if (field.kind === "text")
    return h("textarea", { ...given, rows: 4, maxlength: field.max, value: field.value ?? "" });
  if (field.kind === "integer")
    return h("input", {
      ...given,
      type: "number",
      inputmode: "numeric",
      min: field.min,
      max: field.max,
      step: 1,
      value: field.value ?? "",
    });
  if (field.kind === "moment") {
    const value = field.value && localMinute(field.value);
    return h("input", { ...given, type: "datetime-local", min: value, value: value ?? "" });
  }
  if (field.kind === "choice")
    return h(
      "select",
      given,
      field.options.map(([value, label]) => h("option", { value }, label)),
    );
  if (field.kind === "rating") return rating(given);
  const places = digitsOf(currency);
  const example = decimal({ amount: 0, currency });
  return h(
    "span",
    { class: "money-field" },
    h("input", {
      ...given,
      type: "text",
      inputmode: places ? "decimal" : "numeric",
      placeholder: example,
      value: field.value ?? "",
    }),
    h("span", { class: "money-currency" }, currency),
  );
}

function rating({ name, "data-testid": testid }) {
  const stars = [1, 2, 3, 4, 5].map((value) =>
    h(
      "label",
      { class: "rating-star" },
      h("input", { type: "radio", name, value, "data-testid": `${testid}-${value}` }),
      icon("star"),
      h("span", { class: "sr" }, value),
    ),
  );
  return h("fieldset", { class: "rating", "data-testid": testid }, stars);
}

export function drawFields(fields, context) {
  return fields.map((field) => {
    const id = `field-${(count += 1)}-${field.name}`;
    const fault = h("p", { class: "field-fault", "data-fault": field.name, role: "alert" });
    return h(
      "div",
      { class: "field" },
      h("label", { for: id }, field.label),
      control(field, id, context),
      h("p", { class: "field-hint", id: `${id}-hint` }, field.hint ?? ""),
      fault,
    );
  });
}

function read(field, form, { currency }) {
  const typed = String(new FormData(form).get(field.name) ?? "").trim();
  if (!typed) return field.required ? { fault: faults.required } : {};
  if (field.kind === "money") {
    const value = parseMoney(typed, currency);
    return value && value.amount > 0 ? { value } : { fault: faults.money };
  }
  if (field.kind === "integer" || field.kind === "rating") {
    const value = Number(typed);
    const fits = Number.isInteger(value) && value >= (field.min ?? 1) && value <= (field.max ?? 5);
    return fits ? { value } : { fault: faults.integer(field.min ?? 1, field.max ?? 5) };
  }
  if (field.kind === "moment") return { value: new Date(typed).toISOString() };
  if (field.least && [...typed].length < field.least) return { fault: faults.short(field.least) };
  return { value: typed };
}

/* The values, or null where something has to be put right first (said beside the field). */
export function readFields(fields, form, context) {
  const values = {};
  let fine = true;
  for (const field of fields) {
    const { value, fault } = read(field, form, context);
    sayFault(form, field.name, fault ?? "");
    if (fault && fine) form.elements[field.name]?.focus?.();
    if (fault) fine = false;
    else if (value !== undefined) values[field.name] = value;
  }
  return fine ? values : null;
}

export function sayFault(form, name, text) {
  const place = form.querySelector(`[data-fault="${CSS.escape(name)}"]`);
  if (place) place.textContent = text;
  return Boolean(place);
}
