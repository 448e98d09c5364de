/** The open chat: what the sandbox says about it, and what the person does in it. */
import * as api from "./api.js";
import { Composer } from "./composer.js";
import { consentToShare, somebodysCard } from "./contacts.js";
import { byId } from "./dom.js";
import { isUnanswered, spinWhile, unansweredCount } from "./keyboards.js";
import { Log } from "./log.js";
import { notify, showAnswer } from "./notices.js";
import { oneAtATime } from "./turns.js";
import { Typing } from "./typing.js";

const ANSWER_SECONDS = 15;
/** A browser keeps six connections to one address; waiting presses must leave some. */
const MOST_WAITING = 2;
const RETRY_MS = 1500;

export class Conversation {
  #person = null;
  #blocked = false;
  #chat = null;
  #shownAnswers = new Set();
  #typing = new Typing();
  #onChat;
  #log;
  #composer;

  constructor({ now, whoIs, onChat, sawAll }) {
    this.#onChat = onChat;
    const say = (words) => this.#send((person) => api.say(person, words));
    const sendKind = (kind) => this.#send((person) => api.sendKind(person, kind));
    const sendFile = (file) => this.#send((person) => api.sendFile(person, file));
    const sharePhone = () => this.#share(consentToShare(whoIs(this.#person)), api.sharePhone);
    const shareCard = () => this.#share(somebodysCard(), api.shareCard);
    this.#log = new Log({ say, now, sawAll, press: (...pressed) => this.#press(...pressed) });
    this.#composer = new Composer({ say, sendKind, sendFile, sharePhone, shareCard });
    byId("start").addEventListener("click", () => say("/start"));
  }

  get atBottom() {
    return this.#log.atBottom;
  }

  async open(person) {
    this.#person = person;
    this.#chat = null;
    this.#log.clear();
    this.#typing.show(false);
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

  refresh = oneAtATime(() => this.#person && this.#load(this.#person));

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
    this.#typing.show(chat.typing);
    if (chat.typing && this.#log.atBottom) this.#log.toBottom();
    this.#onChat(person, chat.messages);
  }

  /** What was read stays on the screen while the sandbox is out of reach, but not when it has no chat. */
  #explain(refusal, person) {
    if (this.#chat && refusal instanceof api.Unreachable) return;
    this.#chat = null;
    this.#log.show([]);
    this.#composer.show({ keyboard: null, commands: [], blocked: this.#blocked });
    byId("empty").hidden = false;
    byId("start").hidden = true;
    byId("empty-words").textContent = refusal.message;
    setTimeout(() => person === this.#person && this.refresh(), RETRY_MS);
  }

  /** Whose question it was stays theirs, whoever is shown when it is answered. */
  async #share(question, sharing) {
    const person = this.#person;
    const given = await question;
    if (given) await this.#send(() => sharing(person, given));
  }

  async #send(sending) {
    this.#log.toBottom();
    try {
      await sending(this.#person);
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
}
