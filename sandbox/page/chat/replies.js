/** The bar above the composer: which message is answered, or said anew. */
import { byId } from "../dom.js";
import { previewOf } from "../words.js";

export class Replies {
  #bar = byId("replying");
  #message = null;
  #isEdit = false;
  #ended;

  /** `ended(wasEdit)` is told when it was given up, so that the field can be emptied. */
  constructor({ ended }) {
    this.#ended = ended;
    byId("replying-close").addEventListener("click", () => this.giveUp());
  }

  get editing() {
    return this.#isEdit ? this.#message : null;
  }

  get answering() {
    return this.#isEdit ? null : this.#message;
  }

  answer(message, author) {
    this.#show(message, false, `Reply to ${author}`);
  }

  edit(message) {
    this.#show(message, true, "Edit message");
  }

  /** Answers whether there was anything to give up. */
  giveUp() {
    if (!this.#message) return false;
    const wasEdit = this.#isEdit;
    this.end();
    this.#ended(wasEdit);
    return true;
  }

  end() {
    this.#message = null;
    this.#isEdit = false;
    this.#bar.hidden = true;
  }

  /** What is deleted can be neither answered nor edited. */
  follow(messages) {
    if (this.#message && !messages.some(({ message_id }) => message_id === this.#message.message_id)) this.giveUp();
  }

  #show(message, isEdit, title) {
    this.#message = message;
    this.#isEdit = isEdit;
    this.#bar.hidden = false;
    this.#bar.classList.toggle("editing", isEdit);
    byId("replying-title").textContent = title;
    byId("replying-words").textContent = previewOf(message);
  }
}
