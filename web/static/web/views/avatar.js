/* A person as initials on a colour of their own, with a dot while they are here.
   Must never be the only sign of who wrote: names stand beside it. */

import { message } from "../strings.js";
import { h } from "./draw.js";

export function initials(name) {
  const words = String(name).trim().split(/\s+/);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => [...word][0] ?? "")
    .join("")
    .toUpperCase();
}

function hue(user) {
  let sum = 7;
  for (const letter of String(user)) sum = (sum * 33 + letter.codePointAt(0)) % 997;
  return sum % 8;
}

export function avatar({ user, name, online }, size = "m") {
  const dot =
    online === undefined
      ? null
      : h("span", { class: `dot ${online ? "dot-on" : "dot-off"}`, title: online ? message.online : message.offline });
  return h(
    "span",
    { class: `avatar avatar-${size} hue-${hue(user)}`, "aria-hidden": "true" },
    initials(name ?? user),
    dot,
  );
}
