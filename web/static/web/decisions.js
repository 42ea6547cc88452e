/* What our team decided about this person, and the one appeal against each.
   Must never keep more than the server told: it is asked anew at every welcome. */

export class Decisions extends EventTarget {
  list = [];

  constructor(connection) {
    super();
    this.connection = connection;
    connection.addEventListener("welcome", () => this.load().catch(() => {}));
    connection.addEventListener("decision", ({ detail }) => this.#take(detail.decision));
  }

  /* Those that may still be appealed against. */
  open(now) {
    return this.list.filter(({ appeal, appeal_until: until }) => !appeal && until && Date.parse(until) > now);
  }

  async load() {
    const { decisions } = await this.connection.command("decision.list", { limit: 100 });
    this.list = decisions;
    this.#changed();
  }

  async appeal(decision, text) {
    await this.connection.command("decision.appeal", { decision, text });
    await this.load();
  }

  #take(decision) {
    const rest = this.list.filter((known) => known.decision !== decision.decision);
    this.list = [decision, ...rest].sort((a, b) => Date.parse(b.at) - Date.parse(a.at));
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event("change"));
  }
}
