/** The messages of one chat: drawn once, then only where they changed. */
import { byId, calm, make } from "./dom.js";
import { leave } from "./leaving.js";
import { drawMessage } from "./message.js";
import { dayOf } from "./words.js";

const NEAR_BOTTOM = 48;
const ONE_BREATH_SECONDS = 300;

export class Log {
  #deeds;
  #now;
  #drawn = new Map();
  #atBottom = true;
  #unseen = 0;
  #top = 0;
  #scroller = byId("scroller");
  #log = byId("log");

  constructor({ press, say, now, sawAll }) {
    this.#deeds = { press, say, goTo: (id) => this.#goTo(id) };
    this.#now = now;
    this.#scroller.addEventListener("scroll", () => {
      this.#noteWhere();
      if (this.#atBottom) sawAll();
    });
    byId("jump").addEventListener("click", () => this.toBottom(!calm()));
    const followed = new ResizeObserver(() => this.#atBottom && this.toBottom());
    for (const node of [this.#scroller, this.#log, byId("empty")]) followed.observe(node);
  }

  get atBottom() {
    return this.#atBottom;
  }

  clear() {
    this.#drawn.clear();
    this.#log.replaceChildren();
    this.toBottom();
  }

  toBottom(smoothly = false) {
    this.#atBottom = !smoothly;
    this.#scroller.scrollTo({ top: this.#scroller.scrollHeight, behavior: smoothly ? "smooth" : "instant" });
    if (this.#atBottom) this.#countUnseen(0);
  }

  show(messages) {
    const first = this.#drawn.size === 0;
    this.#log.setAttribute("aria-busy", String(first));
    const wanted = this.#wanted(messages);
    const before = this.#drawn;
    this.#drawn = new Map();
    for (const { key, message, day, answered } of wanted) {
      const kept = before.get(key) ?? { node: message ? this.#newMessage(message, first) : daySeparator(), signature: null };
      const signature = message ? JSON.stringify([message, answered]) : day;
      if (kept.signature !== signature) {
        if (message) drawMessage(kept.node, message, answered, this.#deeds);
        else kept.node.firstChild.textContent = day;
      }
      this.#drawn.set(key, { node: kept.node, signature });
    }
    for (const [key, { node }] of before) if (!this.#drawn.has(key)) leave(node);
    this.#arrange();
    this.#groupByBreath(messages);
    this.#log.setAttribute("aria-busy", "false");
    const news = messages.filter(({ message_id }) => !before.has(message_id)).length;
    if (this.#atBottom) this.toBottom();
    else this.#countUnseen(this.#unseen + news);
  }

  #wanted(messages) {
    const byMessageId = new Map(messages.map((message) => [message.message_id, message]));
    const wanted = [];
    const days = [];
    for (const message of messages) {
      const sent = new Date(message.date * 1000);
      if (sent.toDateString() !== days.at(-1)) {
        days.push(sent.toDateString());
        wanted.push({ key: `${days.length} ${days.at(-1)}`, day: dayOf(sent, this.#now()) });
      }
      wanted.push({ key: message.message_id, message, answered: byMessageId.get(message.reply_to) ?? null });
    }
    return wanted;
  }

  #newMessage(message, first) {
    const node = make("article", { "data-testid": `message-${message.message_id}` });
    if (!first && !calm()) {
      node.animate({ opacity: [0, 1], transform: ["translateY(8px)", "none"] }, { duration: 180, easing: "ease-out" });
    }
    return node;
  }

  #arrange() {
    let place = this.#log.firstElementChild;
    for (const { node } of this.#drawn.values()) {
      while (place?.classList.contains("leaving")) place = place.nextElementSibling;
      if (place === node) place = place.nextElementSibling;
      else this.#log.insertBefore(node, place);
    }
  }

  /** Messages said in one breath stand close together; the last has a tail, and so has one with buttons. */
  #groupByBreath(messages) {
    messages.forEach((message, index) => {
      const next = messages[index + 1];
      const goesOn =
        !message.inline_keyboard?.length &&
        next?.from === message.from &&
        next.date - message.date < ONE_BREATH_SECONDS &&
        new Date(next.date * 1000).getDate() === new Date(message.date * 1000).getDate();
      this.#drawn.get(message.message_id).node.classList.toggle("last", !goesOn);
    });
  }

  /** Who stood at the end stays there when something grows below them, until they go up themselves. */
  #noteWhere() {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    const near = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
    this.#atBottom = near || (this.#atBottom && scrollTop >= this.#top);
    this.#top = scrollTop;
    this.#countUnseen(this.#atBottom ? 0 : this.#unseen);
  }

  #countUnseen(count) {
    this.#unseen = count;
    byId("jump").hidden = this.#atBottom;
    byId("jump-count").textContent = count || "";
    byId("jump-words").textContent = count ? "new messages: go to the newest" : "Go to the newest message";
  }

  #goTo(messageId) {
    const node = this.#drawn.get(messageId)?.node;
    node?.scrollIntoView({ block: "center", behavior: calm() ? "instant" : "smooth" });
    node?.firstChild.animate({ filter: ["brightness(.85)", "none"] }, { duration: 900 });
  }
}

const daySeparator = () => make("div", { class: "day" }, make("span", {}, ""));
