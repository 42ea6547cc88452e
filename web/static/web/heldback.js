/* Own messages that wait for a check: told by the snapshot, so that they are there after a reload and on every device.
   Must never show one twice: what this page sent itself stands in its outbox until it is said. */

/* What is on its way from here, after what waits already. */
export function withHeld(sending, held = []) {
  const known = new Set(sending.map(({ id }) => id));
  const waiting = held.filter(({ command }) => !known.has(command));
  return [...waiting.map(({ command, ...one }) => ({ ...one, id: command, purpose: "chat", state: "held" })), ...sending];
}

/* Its author is told that it will not be sent, and why: it stays there as refused, so that the text is not lost. */
export function followRefusals(desk) {
  desk.connection.addEventListener("decision", ({ detail: { decision } }) => {
    const { about, thread, reason } = decision;
    if (decision.act !== "moderation.reject_message") return;
    const known = desk.threads.get(thread)?.held?.find(({ held }) => held === about.held);
    desk.update(thread, (state) => ({ ...state, held: state.held?.filter(({ held }) => held !== about.held) }));
    desk.outbox.refuse(thread, about.held, reason, known);
  });
}
