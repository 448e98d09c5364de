/** What came for one person and what came for nobody, and what of it is new. */
import { oneAtATime } from "../turns.js";

export class Box {
  #fetch;
  #changed;
  #arrived;
  #known = null;
  person = null;
  own = [];
  nobodys = [];

  /** `fetch(whose)` reads a list; `changed()` follows each reading; `arrived(thing)` each new one. */
  constructor({ fetch, changed, arrived }) {
    this.#fetch = fetch;
    this.#changed = changed;
    this.#arrived = arrived;
  }

  get all() {
    return [...this.own, ...this.nobodys];
  }

  get unread() {
    return [this.own, this.nobodys].map((things) => things.filter((thing) => thing.unread).length);
  }

  open(person) {
    this.person = person;
    this.own = [];
    this.nobodys = [];
    this.#known = null;
    this.#changed();
    return this.refresh();
  }

  refresh = oneAtATime(() => this.#read(this.person));

  async #read(person) {
    if (!person) return;
    const [own, nobodys] = await Promise.all([this.#fetch({ person }), this.#fetch({ nobodys: true })]);
    if (person !== this.person) return;
    this.own = own;
    this.nobodys = nobodys;
    const news = this.#known ? this.all.filter(({ id, unread }) => unread && !this.#known.has(id)) : [];
    this.#known = new Set(this.all.map(({ id }) => id));
    this.#changed();
    for (const thing of news) this.#arrived(thing);
  }
}
