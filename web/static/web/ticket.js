/* Fetches the single-use ticket that a page presents in `hello`.
   Must never keep one: a ticket lives 30 seconds and is spent by its first use. */

import { csrfToken } from "./csrf.js";

export class SignedOut extends Error {}

export async function fetchTicket(url, page = document) {
  const reply = await fetch(url, {
    method: "POST",
    credentials: "same-origin",
    headers: { "X-CSRFToken": csrfToken(page), Accept: "application/json" },
  });
  if (reply.status === 401 || reply.status === 403) throw new SignedOut();
  if (!reply.ok) throw new Error(`tickets: ${reply.status}`);
  return (await reply.json()).ticket;
}
