/** A list of rows that grows at its top, each row opening to show more. */
import { make } from "../dom.js";

const MOST_ROWS = 200;
const BREATH_MS = 250;

export class DrawerList {
  #list;
  #rows = new Map();
  #draw;
  #passes;
  #lastSeq = 0;

  /** `draw(entry)` gives `{ summary, state, body }`: the line, a word for its colour, and what is made when it is opened. */
  constructor({ name, testId, empty, draw, passes = () => true }) {
    this.#draw = draw;
    this.#passes = passes;
    this.#list = make("div", { class: "rows", role: "region", tabindex: "0", "aria-label": name, "data-testid": testId, "data-empty": empty });
  }

  get node() {
    return this.#list;
  }

  get lastSeq() {
    return this.#lastSeq;
  }

  forgetAll() {
    this.#lastSeq = 0;
    this.sweep();
  }

  /** What was shown is gone, and only what comes later is news. */
  sweep() {
    this.#rows.clear();
    this.#list.replaceChildren();
  }

  /** Oldest first, as the sandbox tells them; what is known already is drawn anew only where it changed. */
  show(entries) {
    for (const entry of entries) {
      const known = this.#rows.get(entry.seq);
      const signature = JSON.stringify(entry);
      if (known?.signature === signature) continue;
      const node = this.#row(entry, known?.node.open ?? false);
      if (known) known.node.replaceWith(node);
      else this.#list.prepend(node);
      this.#rows.set(entry.seq, { entry, node, signature });
    }
    this.#lastSeq = Math.max(this.#lastSeq, entries.at(-1)?.seq ?? 0);
    for (const [seq, { node }] of this.#rows) {
      if (this.#rows.size <= MOST_ROWS) break;
      node.remove();
      this.#rows.delete(seq);
    }
  }

  filter() {
    for (const { entry, node } of this.#rows.values()) node.hidden = !this.#passes(entry);
  }

  #row(entry, open) {
    const { summary, state, body } = this.#draw(entry);
    const node = make("details", { class: `entry ${state}`, "data-testid": "entry" }, make("summary", {}, ...summary));
    node.addEventListener("toggle", () => {
      if (node.open && node.childElementCount === 1) node.append(...body());
    });
    node.open = open;
    node.hidden = !this.#passes(entry);
    return node;
  }
}

/** Whatever happens at once is fetched at once, and then not again for a moment. */
export const pause = () => new Promise((settle) => setTimeout(settle, BREATH_MS));

const SECONDS = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });

export const momentNode = (at) => make("time", { datetime: at, title: new Date(at).toLocaleString("en-GB") }, SECONDS.format(new Date(at)));
