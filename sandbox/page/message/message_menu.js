/** What can be done with one message: by its button, a long press, a right click, or from the keyboard. */
import { byId, icon, make } from "../dom.js";
import { copy } from "../notices.js";

const EMOJI = ["👍", "❤", "🔥", "😁", "🎉", "🙏", "👀"];
const LONG_PRESS_MS = 450;
const MARGIN = 8;

export class MessageMenu {
  #menu = byId("message-menu");
  #log = byId("log");
  #messages = new WeakMap();
  #opener = null;
  #pressing = 0;
  #deeds;
  #allowed;

  /** `deeds`: reply, edit, pin, react, remove. `allowed(message)` says which of them there are. */
  constructor({ deeds, allowed }) {
    this.#deeds = deeds;
    this.#allowed = allowed;
    this.#log.addEventListener("click", (event) => this.#byButton(event));
    this.#log.addEventListener("contextmenu", (event) => this.#byHand(event));
    this.#log.addEventListener("pointerdown", (event) => this.#beginPress(event));
    for (const ended of ["pointerup", "pointercancel", "pointermove"]) {
      this.#log.addEventListener(ended, (event) => (ended !== "pointermove" || moved(event)) && clearTimeout(this.#pressing));
    }
    this.#log.addEventListener("keydown", (event) => this.#walk(event));
    this.#menu.addEventListener("keydown", (event) => this.#walkMenu(event));
    document.addEventListener("pointerdown", (event) => this.#menu.contains(event.target) || this.close());
    byId("scroller").addEventListener("scroll", () => this.close(), { passive: true });
  }

  /** A drawn message gets its button. */
  offer = (node, message) => {
    this.#messages.set(node, message);
    const named = { "aria-label": "What to do with this message", title: "More", "aria-haspopup": "menu" };
    const button = make("button", { type: "button", class: "deeds", "data-testid": "message-more", tabindex: "-1", ...named }, icon("down"));
    node.append(button);
  };

  /** One button of all is on the way of Tab: that of the newest message. */
  settle() {
    const buttons = this.#buttons();
    const onTheWay = buttons.find((button) => button === document.activeElement) ?? buttons.at(-1);
    for (const button of buttons) button.tabIndex = button === onTheWay ? 0 : -1;
  }

  close(refocus = false) {
    if (this.#menu.hidden) return;
    this.#menu.hidden = true;
    this.#opener?.setAttribute("aria-expanded", "false");
    if (refocus) this.#opener?.focus();
  }

  #buttons() {
    return [...this.#log.querySelectorAll(".deeds")];
  }

  #byButton(event) {
    const button = event.target.closest(".deeds");
    if (!button) return;
    const { left, right, bottom } = button.getBoundingClientRect();
    this.#open(button.closest(".message"), { x: (left + right) / 2, y: bottom });
  }

  #byHand(event) {
    const node = event.target.closest(".message");
    if (!this.#messages.has(node) || event.target.closest("a, .key") || String(getSelection())) return;
    event.preventDefault();
    this.#open(node, { x: event.clientX, y: event.clientY });
  }

  #beginPress(event) {
    const node = event.target.closest(".message");
    if (event.pointerType !== "touch" || !this.#messages.has(node) || event.target.closest("a, button")) return;
    const { clientX: x, clientY: y } = event;
    clearTimeout(this.#pressing);
    this.#pressing = setTimeout(() => this.#open(node, { x, y }), LONG_PRESS_MS);
  }

  #open(node, spot) {
    const message = this.#messages.get(node);
    this.close();
    this.#opener = node.querySelector(".deeds");
    this.#opener.setAttribute("aria-expanded", "true");
    this.#menu.replaceChildren(this.#reactions(message), ...this.#choices(message));
    this.#menu.hidden = false;
    this.#place(spot);
    this.#menu.querySelector("[role^=menuitem]").focus({ preventScroll: true });
  }

  #place({ x, y }) {
    const { width, height } = this.#menu.getBoundingClientRect();
    this.#menu.style.left = `${Math.max(MARGIN, Math.min(x - width / 2, innerWidth - width - MARGIN))}px`;
    this.#menu.style.top = `${Math.max(MARGIN, y + height + MARGIN > innerHeight ? y - height - MARGIN : y + MARGIN / 2)}px`;
  }

  #reactions(message) {
    const { reaction } = this.#allowed(message);
    const one = (emoji) => {
      const given = emoji === reaction;
      const deed = () => this.#do(() => this.#deeds.react(message, given ? "" : emoji));
      return make("button", { type: "button", role: "menuitemcheckbox", "aria-checked": String(given), "data-testid": `react-${emoji}`, onclick: deed }, emoji);
    };
    return make("div", { class: "emoji", role: "group", "aria-label": "Reactions" }, ...EMOJI.map(one));
  }

  #choices(message) {
    const may = this.#allowed(message);
    const words = message.text || message.parts?.map(({ text }) => text).find(Boolean);
    return [
      may.reply && this.#choice("reply", "Reply", () => this.#deeds.reply(message)),
      may.edit && this.#choice("edit", "Edit", () => this.#deeds.edit(message)),
      may.pin && this.#choice("pin", message.pinned ? "Unpin" : "Pin", () => this.#deeds.pin(message, !message.pinned)),
      words && this.#choice("copy", "Copy text", () => copy(words)),
      may.remove && this.#choice("trash", "Delete for everyone", () => this.#deeds.remove(message), "grave"),
    ].filter(Boolean);
  }

  #choice(sign, words, deed, grave = null) {
    const onclick = () => this.#do(deed);
    return make("button", { type: "button", role: "menuitem", class: grave, "data-testid": `message-${sign}`, onclick }, icon(sign), words);
  }

  #do(deed) {
    this.close(true);
    deed();
  }

  #walk(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step || !event.target.matches(".deeds")) return;
    event.preventDefault();
    const buttons = this.#buttons();
    buttons[buttons.indexOf(event.target) + step]?.focus();
    this.settle();
  }

  #walkMenu(event) {
    const choices = [...this.#menu.querySelectorAll("[role^=menuitem]")];
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (step) {
      event.preventDefault();
      choices[(choices.indexOf(document.activeElement) + step + choices.length) % choices.length].focus();
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      this.close(true);
    }
  }
}

const moved = ({ movementX, movementY }) => Math.abs(movementX) + Math.abs(movementY) > 6;
