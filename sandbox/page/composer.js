/** Where the person writes: text, attachments, commands and the bot's reply keyboard. */
import { Commands } from "./commands.js";
import { byId, hasKeyboard } from "./dom.js";
import { replyKeyboardOf, replyKeys } from "./keyboards.js";
import { menu } from "./menu.js";

export class Composer {
  #field = byId("composer");
  #keys = byId("keys");
  #toggle = byId("keys-toggle");
  #commands;
  #say;
  #keyboardKey = null;
  #drafts = new Map();
  #person = null;

  constructor({ say, sendKind }) {
    this.#say = say;
    this.#commands = new Commands({ say });
    this.#field.addEventListener("input", () => this.#fit());
    this.#field.addEventListener("focus", () => hasKeyboard() || this.#openKeys(false));
    this.#field.addEventListener("keydown", (event) => this.#keyDown(event));
    byId("composer-form").addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send();
    });
    menu(byId("attach"), byId("attach-menu"));
    byId("attach-menu").addEventListener("click", (event) => {
      const kind = event.target.closest("[data-kind]")?.dataset.kind;
      if (kind) sendKind(kind);
    });
    this.#toggle.addEventListener("click", () => this.#openKeys(this.#keys.hidden));
  }

  /** What was begun for one person waits until they are shown again. */
  open(person) {
    if (this.#person) this.#drafts.set(this.#person, this.#field.value);
    this.#person = person;
    this.#field.value = this.#drafts.get(person) ?? "";
    this.#fit();
    this.#commands.close();
    this.#showKeyboard(null);
    this.#fit();
  }

  focus() {
    if (hasKeyboard()) this.#field.focus();
  }

  show({ messages, commands, blocked }) {
    this.#commands.know(commands);
    byId("composer-form").hidden = blocked;
    byId("blocked").hidden = !blocked;
    this.#showKeyboard(blocked ? null : replyKeyboardOf(messages));
  }

  #showKeyboard(keyboard) {
    const key = keyboard && `${keyboard.key} ${keyboard.used}`;
    if (key === this.#keyboardKey) return;
    this.#keyboardKey = key;
    this.#keys.replaceChildren(...(keyboard ? replyKeys(keyboard, this.#say) : []));
    this.#toggle.hidden = !keyboard;
    this.#field.placeholder = keyboard?.input_field_placeholder || "Message";
    this.#openKeys(Boolean(keyboard) && !keyboard.used);
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
    if (!words) return;
    const person = this.#person;
    this.#field.value = "";
    this.#fit();
    this.#commands.close();
    if (await this.#say(words)) return;
    if (this.#person === person && !this.#field.value) this.#field.value = words;
    else this.#drafts.set(person, words);
    this.#fit();
  }

  #fit() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight}px`;
    byId("send").disabled = !this.#field.value.trim();
  }
}
