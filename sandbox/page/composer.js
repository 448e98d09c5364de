/** Where the person writes: text, attachments, commands and the bot's reply keyboard. */
import { Attachments } from "./attachments.js";
import { Commands } from "./commands.js";
import { byId, hasKeyboard } from "./dom.js";
import { replyKeys } from "./keyboards.js";
import { menu } from "./menu.js";
import { notify } from "./notices.js";

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
  #person = null;

  /** `deeds`: say, sendKind, sendFile, sharePhone and shareCard. */
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

  /** What was begun for one person waits until they are shown again. */
  open(person) {
    if (this.#person) this.#drafts.set(this.#person, { words: this.#field.value, files: this.#attachments.take() });
    this.#person = person;
    const { words, files } = this.#drafts.get(person) ?? { words: "", files: [] };
    this.#field.value = words;
    this.#commands.close();
    this.#showKeyboard(null);
    this.#attachments.put(files);
  }

  focus() {
    if (hasKeyboard()) this.#field.focus();
  }

  show({ keyboard, commands, blocked }) {
    this.#commands.know(commands);
    byId("composer-form").hidden = blocked;
    byId("blocked").hidden = !blocked;
    this.#showKeyboard(blocked ? null : keyboard);
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
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.#send();
  }

  async #send() {
    const words = this.#field.value.trim();
    if (!words && !this.#attachments.any) return;
    const person = this.#person;
    const files = this.#attachments.take();
    this.#field.value = "";
    this.#fit();
    this.#commands.close();
    const left = files.length ? await this.#sendFiles(files, words) : { files, words: await this.#sendWords(words) };
    if (left.words || left.files.length) this.#takeBack(person, left);
  }

  async #sendWords(words) {
    return (await this.#deeds.say(words)) ? "" : words;
  }

  /** One after the other, the caption with the first; what could not be sent comes back. */
  async #sendFiles(files, caption) {
    for (const [index, file] of files.entries()) {
      const words = index ? "" : caption;
      if (!(await this.#deeds.sendFile({ ...file, caption: words }))) return { files: files.slice(index), words };
    }
    return { files: [], words: "" };
  }

  #takeBack(person, { words, files }) {
    if (this.#person !== person) this.#drafts.set(person, { words, files });
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
