/** The messages of one chat: drawn once, then only where they changed. */
import { keyed, ordered } from "../message/bundles.js";
import { byId, calm, make } from "../dom.js";
import { leave } from "./leaving.js";
import { drawMessage } from "../message/message.js";
import { dressSender, groupByBreath } from "../message/senders.js";
import { drawService } from "../message/service.js";

const NEAR_BOTTOM = 48;

export class Log {
  #deeds;
  #now;
  #voices = { me: null, isGroup: false };
  #drawn = new Map();
  #placeOfMessage = new Map();
  #atBottom = true;
  #unseen = 0;
  #top = 0;
  #scroller = byId("scroller");
  #log = byId("log");
  #offer;

  /** `deeds` are what can be done in a drawn message; `offer(node, message)` gives it its menu. */
  constructor({ deeds, now, sawAll, offer }) {
    const nameOf = (message) => (this.isMine(message) ? "You" : message.sender.first_name);
    this.#deeds = { ...deeds, goTo: (id) => this.goTo(id), nameOf, isMine: (message) => this.isMine(message), me: () => this.#voices.me };
    this.#now = now;
    this.#offer = offer;
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

  isMine(message) {
    return message.sender.id === this.#voices.me;
  }

  /** Whose eyes look, and whether many speak here. */
  clear(voices) {
    this.#voices = voices;
    this.#drawn.clear();
    this.#log.replaceChildren();
    this.#log.classList.toggle("many-voices", voices.isGroup);
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
    const wanted = ordered(messages, this.#now());
    const before = this.#drawn;
    this.#drawn = new Map();
    this.#placeOfMessage = keyed(wanted);
    for (const bundle of wanted) this.#drawn.set(bundle.key, this.#draw(bundle, before.get(bundle.key), first));
    for (const [key, { node }] of before) if (!this.#drawn.has(key)) leave(node);
    this.#arrange();
    groupByBreath(wanted.filter(({ message }) => message).map((bundle) => ({ ...bundle, node: this.#drawn.get(bundle.key).node })));
    this.#log.setAttribute("aria-busy", "false");
    const news = wanted.filter(({ key, message }) => message && !before.has(key)).length;
    if (this.#atBottom) this.toBottom();
    else this.#countUnseen(this.#unseen + news);
  }

  #draw({ key, message, day, answered }, before, first) {
    const signature = message ? JSON.stringify([message, answered]) : day;
    if (before?.signature === signature) return before;
    const node = before?.node ?? (message ? newNode(key, first) : make("div", { class: "day" }, make("span", {}, "")));
    if (!message) node.firstChild.textContent = day;
    else if (message.service && message.kind !== "successful_payment") drawService(node, message, this.#deeds);
    else this.#drawSaid(node, message, answered);
    return { node, signature };
  }

  #drawSaid(node, message, answered) {
    drawMessage(node, message, answered, this.#deeds);
    dressSender(node, message, { isMine: this.isMine(message), isGroup: this.#voices.isGroup });
    this.#offer(node, message);
  }

  #arrange() {
    let place = this.#log.firstElementChild;
    for (const { node } of this.#drawn.values()) {
      while (place?.classList.contains("leaving")) place = place.nextElementSibling;
      if (place === node) place = place.nextElementSibling;
      else this.#log.insertBefore(node, place);
    }
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

  goTo(messageId) {
    const node = this.#drawn.get(this.#placeOfMessage.get(messageId))?.node;
    if (!node) return false;
    this.#atBottom = false;
    node.scrollIntoView({ block: "center", behavior: calm() ? "instant" : "smooth" });
    node.firstElementChild.animate({ filter: ["brightness(.85)", "none"] }, { duration: 900 });
    return true;
  }
}

function newNode(messageId, first) {
  const node = make("article", { "data-testid": `message-${messageId}` });
  if (!first && !calm()) {
    node.animate({ opacity: [0, 1], transform: ["translateY(8px)", "none"] }, { duration: 180, easing: "ease-out" });
  }
  return node;
}
