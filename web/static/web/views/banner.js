/* The state of the line to the server, said only while it is not simply there.
   Must never alarm about a blink: it waits a moment before it speaks. */

import { line as words } from "../strings.js";
import { button, h, icon, swap } from "./draw.js";

const PATIENCE_MS = 1_200;

export class BannerView {
  constructor({ desk }) {
    this.desk = desk;
    this.since = Date.now();
    this.node = h("div", { class: "banner", role: "status", "data-testid": "banner", hidden: true });
  }

  draw() {
    const { phase, reason } = this.desk.connection.status;
    if (phase === "online" && navigator.onLine) {
      this.node.hidden = true;
      this.since = null;
      return;
    }
    this.since ??= Date.now();
    const patient = Date.now() - this.since < PATIENCE_MS && !["stopped", "signed-out"].includes(phase);
    if (patient) return void setTimeout(() => this.draw(), PATIENCE_MS);
    this.node.hidden = false;
    const text = this.text(phase, reason);
    swap(this.node, [text], () => [
      icon(phase === "stopped" || phase === "signed-out" ? "warn" : "clock"),
      h("p", {}, text),
      phase === "stopped" && button({ label: words.reload, tone: "tiny" }, () => location.reload()),
      phase === "signed-out" && button({ label: words.signIn, tone: "tiny" }, () => location.assign("/")),
    ]);
    this.node.dataset.phase = phase;
  }

  text(phase, reason) {
    if (phase === "signed-out") return words.signedOut;
    if (phase === "stopped") return words.stopped(reason);
    if (!navigator.onLine) return words.offline;
    return this.desk.me ? words.waiting : words.connecting;
  }
}
