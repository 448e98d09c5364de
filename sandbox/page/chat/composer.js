/** Where the person writes: text, attachments, commands and the bot's reply keyboard. */
import { Attachments } from "./attachments.js";
import { Commands } from "./commands.js";
import { byId, hasKeyboard } from "../dom.js";
import { replyKeys } from "./keyboards.js";
import { menu } from "../menu.js";
import { notify } from "../notices.js";

const MOST_IN_AN_ALBUM = 10;

export class Composer {
  #field = byId("composer");
  #keys = byId("keys");
  #toggle = byId("keys-toggle");
  #commands;
  #attachments;
  #deeds;
  #keyboard = null;
  #keyboardKey = null;
  #drafts = new Map();
  #spot = null;

  /** `deeds`: say, sendKind, sendFiles, sharePhone, shareCard; giveUp an answer that was begun, editNewest. */
  constructor(deeds) {
    this.#deeds = deeds;
    this.#commands = new Commands({ say: deeds.say });
    this.#attachments = new Attachments({ changed: () => this.#fit() });
    this.#field.addEventListener("input", () => this.#fit());
    this.#field.addEventListener("focus", () => hasKeyboard() || this.#openKeys(false));
    this.#field.addEventListener("keydown", (event) => this.#keyDown(event));
    byId("composer-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    menu(byId("attach"), byId("attach-menu"));
    byId("attach-menu").addEventListener("click", (event) => this.#attach(event.target.closest("[role=menuitem]")?.dataset ?? {}));
    this.#toggle.addEventListener("click", () => this.#openKeys(this.#keys.hidden));
  }

  /** What was begun in one place waits until it is shown again. */
  open(place) {
    if (this.#spot) this.#drafts.set(this.#spot, { words: this.#field.value, files: this.#attachments.take() });
    this.#spot = JSON.stringify(place);
    const { words, files } = this.#drafts.get(this.#spot) ?? { words: "", files: [] };
    this.#field.value = words;
    this.#commands.close();
    this.#showKeyboard(null);
    this.#attachments.put(files);
  }

  /** Unless the person went somewhere else, or opened a menu, while the chat was on its way. */
  focus() {
    const at = document.activeElement;
    const isFree = at === document.body || (at.closest("#people, .talk") && !at.closest(".menu"));
    if (hasKeyboard() && isFree) this.#field.focus();
  }

  /** Where a message is answered or edited, the writing goes on here; an edit begins with its old words. */
  take(words = null) {
    if (words !== null) this.#field.value = words;
    this.#field.focus();
    this.#fit();
  }

  /** Words that were there only to be edited go with the edit. */
  leaveReply(wasEdit) {
    if (wasEdit) this.#field.value = "";
    this.#fit();
  }

  show({ keyboard, commands, blocked, closed }) {
    const silent = blocked || closed !== null;
    this.#commands.know(commands);
    byId("composer-form").hidden = silent;
    byId("blocked").hidden = !blocked;
    byId("closed").hidden = closed === null;
    byId("closed-words").textContent = closed === null ? "" : `The topic ${closed} is closed. Only administrators can write here.`;
    this.#showKeyboard(silent ? null : keyboard);
  }

  #attach({ kind, choose }) {
    if (kind) this.#deeds.sendKind(kind);
    else if (choose === "card") this.#deeds.shareCard();
    else if (choose) this.#attachments.choose(choose);
  }

  #showKeyboard(keyboard) {
    const key = JSON.stringify(keyboard);
    if (key === this.#keyboardKey) return;
    const { say, sharePhone } = this.#deeds;
    const notPlayed = () => notify("The sandbox does not play this button yet.");
    this.#keyboardKey = key;
    this.#keyboard = keyboard;
    this.#keys.replaceChildren(...(keyboard ? replyKeys(keyboard, { say, sharePhone, notPlayed }) : []));
    this.#keys.classList.toggle("tall", Boolean(keyboard) && !keyboard.resize_keyboard);
    this.#toggle.hidden = !keyboard;
    this.#openKeys(Boolean(keyboard) && !(keyboard.used && keyboard.one_time_keyboard));
    this.#fit();
  }

  #openKeys(yes) {
    this.#keys.hidden = !yes;
    this.#toggle.setAttribute("aria-expanded", String(yes));
  }

  #keyDown(event) {
    if (this.#commands.took(event)) return;
    if (event.key === "Escape" && this.#deeds.giveUp()) event.stopPropagation();
    if (event.key === "ArrowUp" && !this.#field.value) this.#deeds.editNewest();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  async #send() {
    const words = this.#field.value.trim();
    if (!words && !this.#attachments.any) return;
    const spot = this.#spot;
    const files = this.#attachments.take();
    this.#field.value = "";
    this.#fit();
    this.#commands.close();
    const left = files.length ? await this.#sendFiles(files, words) : { files, words: await this.#sendWords(words) };
    if (left.words || left.files.length) this.#takeBack(spot, left);
  }

  async #sendWords(words) {
    return (await this.#deeds.say(words)) ? "" : words;
  }

  /** One sending after the other, the caption with the first; what could not be sent comes back. */
  async #sendFiles(files, caption) {
    const sendings = albums(files);
    for (const [index, sending] of sendings.entries()) {
      const words = index ? "" : caption;
      const sent = await this.#deeds.sendFiles({ files: sending.map(({ file }) => file), kind: sending[0].kind, caption: words });
      if (!sent) return { files: sendings.slice(index).flat(), words };
    }
    return { files: [], words: "" };
  }

  #takeBack(spot, { words, files }) {
    if (this.#spot !== spot) this.#drafts.set(spot, { words, files });
    else {
      this.#field.value ||= words;
      if (files.length) this.#attachments.put(files);
    }
    this.#fit();
  }

  #fit() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight}px`;
    const files = this.#attachments.any;
    this.#field.placeholder = files ? "Add a caption" : this.#keyboard?.input_field_placeholder || "Message";
    byId("send").disabled = !this.#field.value.trim() && !files;
  }
}

/** Pictures chosen together go together, as many as an album holds; everything else goes by itself. */
function albums(files) {
  const sendings = [];
  for (const one of files) {
    const album = sendings.at(-1);
    const joins = one.kind === "photo" && album?.[0].kind === "photo" && album.length < MOST_IN_AN_ALBUM;
    if (joins) album.push(one);
    else sendings.push([one]);
  }
  return sendings;
}
