/** Three dots while the bot types. A bot that stops without a word is forgotten after a while. */
import { byId } from "../dom.js";

const TYPING_MS = 6000;

export class Typing {
  #timer = 0;

  show(yes) {
    clearTimeout(this.#timer);
    byId("typing").hidden = !yes;
    byId("open").classList.toggle("is-typing", yes);
    if (yes) this.#timer = setTimeout(() => this.show(false), TYPING_MS);
  }
}
