/** The open chat: what the sandbox says about it, and what the person does in it. */
import * as api from "../api.js";
import { Composer } from "./composer.js";
import { consentToShare, somebodysCard } from "./contacts.js";
import { byId } from "../dom.js";
import { isUnanswered, spinWhile, unansweredCount } from "./keyboards.js";
import { Log } from "./log.js";
import { MessageMenu } from "../message/message_menu.js";
import { notify, showAnswer } from "../notices.js";
import { Pinned } from "./pinned.js";
import { sameSpot, topicOf } from "../places.js";
import { Replies } from "./replies.js";
import { oneAtATime } from "../turns.js";
import { Typing } from "./typing.js";

const ANSWER_SECONDS = 15;
/** A browser keeps six connections to one address; waiting presses must leave some. */
const MOST_WAITING = 2;
const RETRY_MS = 1500;

export class Conversation {
  #place = null;
  #chat = null;
  #shownAnswers = new Set();
  #typing = new Typing();
  #log;
  #menu;
  #pinned;
  #composer;
  #onDrawn;
  #replies = new Replies({ ended: (wasEdit) => this.#composer.leaveReply(wasEdit) });

  /** `sawAll` follows when the newest message is on the screen, `drawn` whenever the chat was read. */
  constructor({ now, whoIs, sawAll, drawn }) {
    const say = (words) => this.#say(words);
    const react = (message, emoji) => this.#do((place) => api.react(place, message.message_id, emoji));
    const remove = (message) => this.#remove(message.parts ?? [message]);
    const pin = (message, pinned) => this.#do((place) => api.pin(place, message.message_id, pinned));
    const sharePhone = () => this.#share(consentToShare(whoIs(this.#place.person)), "phone_number");
    const shareCard = () => this.#share(somebodysCard(), "contact");
    this.#menu = new MessageMenu({
      allowed: (message) => this.#allowed(message),
      deeds: { reply: (message) => this.#reply(message), edit: (message) => this.#edit(message), pin, react, remove },
    });
    const reader = () => whoIs(this.#place?.person);
    const deeds = { say, react, reader, press: (...pressed) => this.#press(...pressed) };
    this.#log = new Log({ deeds, now, sawAll, offer: this.#menu.offer });
    this.#pinned = new Pinned({ goTo: (id) => this.#log.goTo(id), unpin: (message) => pin(message, false) });
    this.#composer = new Composer({
      say,
      sharePhone,
      shareCard,
      sendKind: (kind) => this.#send((place) => api.say(place, { kind, ...this.#answering() })),
      sendFiles: (files) => this.#send((place) => api.sendFiles(place, { ...files, ...this.#answering() })),
      giveUp: () => this.#replies.giveUp(),
      editNewest: () => this.#editNewest(),
    });
    this.#onDrawn = drawn;
    byId("start").addEventListener("click", () => say("/start"));
  }

  get atBottom() {
    return this.#log.atBottom;
  }

  get place() {
    return this.#place;
  }

  get revision() {
    return this.#chat?.revision ?? 0;
  }

  async open(place) {
    this.#place = place;
    this.#chat = null;
    this.#menu.close();
    this.#replies.end();
    this.#log.clear({ me: place.person, isGroup: Boolean(place.chat) });
    this.#typing.show(false);
    this.#composer.open(place);
    byId("pinned").hidden = true;
    byId("empty").hidden = true;
    await this.refresh();
    this.#composer.focus();
  }

  close() {
    this.#place = null;
    this.#chat = null;
  }

  refresh = oneAtATime(() => this.#place && this.#load(this.#place));

  redraw() {
    if (!this.#chat) return;
    const { messages, pins, kind } = this.#chat;
    this.#log.show(messages);
    this.#menu.settle();
    this.#replies.follow(messages);
    this.#pinned.show(pins, messages, this.#mayPin);
    this.#composer.show({ ...this.#chat, closed: this.#closedTopic() });
    const isGroup = kind !== "private";
    byId("empty").hidden = messages.length > 0 || this.#chat.blocked;
    byId("start").hidden = isGroup;
    byId("empty-words").textContent = "Nothing has been said yet.";
  }

  get #mayPin() {
    return this.#chat.kind === "private" || this.#chat.may_pin;
  }

  /** The name of the topic that is closed for this person. */
  #closedTopic() {
    const topic = topicOf(this.#chat, this.#place.thread);
    return topic?.closed && !this.#chat.may_manage_topics ? topic.name : null;
  }

  #allowed(message) {
    const mine = this.#log.isMine(message);
    const silent = this.#chat.blocked || this.#closedTopic() !== null;
    const inCharge = ["creator", "administrator"].includes(this.#chat.status);
    const given = message.reactions.find(({ user }) => user === this.#place.person);
    return {
      reply: !silent,
      edit: mine && !silent && !message.parts && Boolean(message.text),
      pin: this.#mayPin,
      remove: mine || this.#chat.kind === "private" || inCharge,
      reaction: given?.reactions[0]?.emoji ?? null,
    };
  }

  async #load(place) {
    let chat;
    try {
      chat = await api.chat(place);
    } catch (refusal) {
      if (sameSpot(place, this.#place)) this.#explain(refusal, place);
      return;
    }
    if (!sameSpot(place, this.#place)) return;
    const first = this.#chat === null;
    this.#chat = chat;
    if (chat.toast) this.#answer(chat.toast, first);
    this.redraw();
    this.#typing.show(chat.typing);
    if (chat.typing && this.#log.atBottom) this.#log.toBottom();
    this.#onDrawn();
  }

  /** What was read stays on the screen while the sandbox is out of reach, but not when it has no chat. */
  #explain(refusal, place) {
    if (this.#chat && refusal instanceof api.Unreachable) return;
    this.#chat = null;
    this.#log.show([]);
    this.#composer.show({ keyboard: null, commands: [], blocked: false, closed: null });
    byId("empty").hidden = false;
    byId("start").hidden = true;
    byId("empty-words").textContent = refusal.message;
    setTimeout(() => sameSpot(place, this.#place) && this.refresh(), RETRY_MS);
  }

  /** Whose question it was stays theirs, whoever is shown when it is answered. */
  async #share(question, name) {
    const place = this.#place;
    const given = await question;
    if (given) await this.#send(() => api.say(place, { kind: "contact", [name]: given }));
  }

  #say(text) {
    const edited = this.#replies.editing;
    if (edited) return this.#send((place) => api.edit(place, edited.message_id, text));
    return this.#send((place) => api.say(place, { text, ...this.#answering() }));
  }

  #answering() {
    const { answering } = this.#replies;
    return answering ? { reply_to: answering.message_id } : {};
  }

  async #send(sending) {
    this.#log.toBottom();
    const sent = await this.#do(sending);
    if (sent) this.#replies.end();
    return sent;
  }

  async #do(deed) {
    try {
      await deed(this.#place);
    } catch (refusal) {
      notify(refusal.message);
      return false;
    }
    this.refresh();
    return true;
  }

  #reply(message) {
    this.#replies.answer(message, this.#log.isMine(message) ? "yourself" : message.sender.first_name);
    this.#composer.take();
  }

  #edit(message) {
    this.#replies.edit(message);
    this.#composer.take(message.text);
  }

  #editNewest() {
    const own = this.#chat?.messages.findLast((message) => !message.service && this.#log.isMine(message));
    if (own && this.#allowed(own).edit) this.#edit(own);
  }

  #remove(messages) {
    return this.#do(async (place) => {
      for (const { message_id } of messages) await api.remove(place, message_id);
    });
  }

  async #press(message, button, node) {
    if (isUnanswered(message, button)) return;
    const place = this.#place;
    const wait = unansweredCount() < MOST_WAITING ? ANSWER_SECONDS : 0;
    const named = button.callback_data ? { data: button.callback_data } : { button: button.text };
    const pressed = { message_id: message.message_id, ...named, ...(wait && { wait }) };
    try {
      const { query_id, answer } = await spinWhile(message, button, node, () => api.press(place, pressed));
      if (answer && sameSpot(place, this.#place)) this.#answer({ ...answer, query_id }, false);
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
