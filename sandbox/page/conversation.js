/** The open chat: what the sandbox says about it, and what the person does in it. */
import * as api from "./api.js";
import { Composer } from "./composer.js";
import { byId } from "./dom.js";
import { isUnanswered, spinWhile, unansweredCount } from "./keyboards.js";
import { Log } from "./log.js";
import { notify, showAnswer } from "./notices.js";

const ANSWER_SECONDS = 15;
/** A browser keeps six connections to one address; waiting presses must leave some. */
const MOST_WAITING = 2;
const TYPING_MS = 6000;
const RETRY_MS = 1500;

export class Conversation {
  #person = null;
  #blocked = false;
  #chat = null;
  #shownAnswers = new Set();
  #loading = false;
  #again = false;
  #typingTimer = 0;
  #onChat;
  #log;
  #composer;

  constructor({ now, onChat, sawAll }) {
    this.#onChat = onChat;
    const say = (words) => this.#send(() => api.say(this.#person, words));
    const sendKind = (kind) => this.#send(() => api.sendKind(this.#person, kind));
    this.#log = new Log({ say, now, sawAll, press: (...pressed) => this.#press(...pressed) });
    this.#composer = new Composer({ say, sendKind });
    byId("start").addEventListener("click", () => say("/start"));
  }

  get atBottom() {
    return this.#log.atBottom;
  }

  async open(person) {
    this.#person = person;
    this.#chat = null;
    this.#log.clear();
    this.#showTyping(false);
    this.#composer.open(person);
    byId("empty").hidden = true;
    await this.refresh();
    this.#composer.focus();
  }

  close() {
    this.#person = null;
  }

  block(yes) {
    this.#blocked = yes;
    if (this.#chat) this.redraw();
  }

  /** Asked for again while it loads, it loads once more afterwards and not twice at a time. */
  async refresh() {
    this.#again = true;
    if (this.#loading) return;
    this.#loading = true;
    try {
      while (this.#again && this.#person) {
        this.#again = false;
        await this.#load(this.#person);
      }
    } finally {
      this.#loading = false;
    }
  }

  redraw() {
    if (!this.#chat) return;
    this.#log.show(this.#chat.messages);
    this.#composer.show({ ...this.#chat, blocked: this.#blocked });
    byId("empty").hidden = this.#chat.messages.length > 0 || this.#blocked;
    byId("start").hidden = false;
    byId("empty-words").textContent = "Nothing has been said yet.";
  }

  async #load(person) {
    let chat;
    try {
      chat = await api.chat(person);
    } catch (refusal) {
      if (person === this.#person) this.#explain(refusal, person);
      return;
    }
    if (person !== this.#person) return;
    const first = this.#chat === null;
    this.#chat = chat;
    if (chat.toast) this.#answer(chat.toast, first);
    this.redraw();
    this.#showTyping(chat.typing);
    this.#onChat(person, chat.messages);
  }

  /** What was read stays on the screen while the sandbox is out of reach, but not when it has no chat. */
  #explain(refusal, person) {
    if (this.#chat && refusal instanceof api.Unreachable) return;
    this.#chat = null;
    this.#log.show([]);
    this.#composer.show({ messages: [], commands: [], blocked: this.#blocked });
    byId("empty").hidden = false;
    byId("start").hidden = true;
    byId("empty-words").textContent = refusal.message;
    setTimeout(() => person === this.#person && this.refresh(), RETRY_MS);
  }

  async #send(sending) {
    this.#log.toBottom();
    try {
      await sending();
    } catch (refusal) {
      notify(refusal.message);
      return false;
    }
    this.refresh();
    return true;
  }

  async #press(message, button, node) {
    if (isUnanswered(message, button)) return;
    const person = this.#person;
    const wait = unansweredCount() < MOST_WAITING ? ANSWER_SECONDS : 0;
    const named = button.callback_data ? { data: button.callback_data } : { button: button.text };
    const pressed = { message_id: message.message_id, ...named, ...(wait && { wait }) };
    try {
      const { query_id, answer } = await spinWhile(message, button, node, () => api.press(person, pressed));
      if (answer && person === this.#person) this.#answer({ ...answer, query_id }, false);
    } catch (refusal) {
      notify(refusal.message);
    }
    this.refresh();
  }

  /** An answer comes both with the press and with the chat, and is shown once. */
  #answer(answer, alreadyOld) {
    if (this.#shownAnswers.has(answer.query_id)) return;
    this.#shownAnswers.add(answer.query_id);
    if (!alreadyOld) showAnswer(answer);
  }

  /** A bot that stops typing without a word is forgotten after a while. */
  #showTyping(yes) {
    clearTimeout(this.#typingTimer);
    byId("typing").hidden = !yes;
    byId("open").classList.toggle("is-typing", yes);
    if (yes) {
      if (this.#log.atBottom) this.#log.toBottom();
      this.#typingTimer = setTimeout(() => this.#showTyping(false), TYPING_MS);
    }
  }
}
