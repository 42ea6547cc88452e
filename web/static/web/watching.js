/* Which threads a moderator may look into, and until when.
   Must never open one without a reason: the look is recorded with it. */

export class Watching {
  #until = new Map();

  constructor(desk) {
    this.desk = desk;
  }

  needed(thread) {
    if (this.desk.role !== "moderator") return false;
    return Date.parse(this.#until.get(thread) ?? 0) <= this.desk.time.now();
  }

  /* Until when, where there is a look at all. */
  until(thread) {
    return this.#until.get(thread);
  }

  /* A look that was granted with something else: with an item of the queue. */
  granted(thread, until) {
    this.#until.set(thread, until);
  }

  async begin(thread, reason) {
    const { until, at } = await this.desk.connection.command("moderation.watch", { thread, reason });
    this.granted(thread, until ?? new Date(Date.parse(at) + 3_600_000).toISOString());
    await this.desk.show(thread);
  }
}
