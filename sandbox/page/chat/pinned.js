/** The bar of pinned messages: the newest first, each tap goes to one and offers the one before it. */
import { byId } from "../dom.js";
import { previewOf } from "../words.js";

export class Pinned {
  #bar = byId("pinned");
  #messages = [];
  #offered = 0;
  #goTo;

  constructor({ goTo, unpin }) {
    this.#goTo = goTo;
    byId("pinned-go").addEventListener("click", () => this.#go());
    byId("pinned-off").addEventListener("click", () => unpin(this.#messages[this.#offered]));
  }

  /** Pins of other topics are not on this page. */
  show(pins, messages, mayPin) {
    const pinned = messages.filter(({ message_id }) => pins.includes(message_id));
    if (pinned.length !== this.#messages.length) this.#offered = pinned.length - 1;
    this.#messages = pinned;
    this.#bar.hidden = !pinned.length;
    byId("pinned-off").hidden = !mayPin;
    if (pinned.length) this.#draw();
  }

  #draw() {
    const several = this.#messages.length > 1;
    const number = this.#offered + 1;
    byId("pinned-title").textContent = several ? `Pinned message ${number} of ${this.#messages.length}` : "Pinned message";
    byId("pinned-words").textContent = previewOf(this.#messages[this.#offered]);
    this.#bar.style.setProperty("--pins", this.#messages.length);
    this.#bar.style.setProperty("--pin", number);
  }

  #go() {
    this.#goTo(this.#messages[this.#offered].message_id);
    this.#offered = (this.#offered || this.#messages.length) - 1;
    this.#draw();
  }
}
