/* Tells the server that somebody is at this page, so that the session does not end under their hands.
   Must never say so by itself: only after a key, a finger or a mouse, and at most once a minute. */

import { csrfToken } from "../csrf.js";

const AT_MOST_MS = 60_000;

export function keepAlive(url, page = document, now = Date.now) {
  let said = now();
  const here = () => {
    if (now() - said < AT_MOST_MS) return;
    said = now();
    fetch(url, { method: "POST", credentials: "same-origin", headers: { "X-CSRFToken": csrfToken(page) } }).catch(
      () => {},
    );
  };
  for (const sign of ["keydown", "pointerdown", "wheel"]) page.addEventListener(sign, here, { passive: true });
}
