/** The list of commands above the composer: by its button, or by a slash in the text. */
import { byId, hasKeyboard, make } from "../dom.js";

export class Commands {
  #list = byId("commands-list");
  #button = byId("commands");
  #field = byId("composer");
  #commands = [];
  #say;
  #chosen = 0;

  constructor({ say }) {
    this.#say = say;
    this.#button.addEventListener("click", () => {
      if (this.isOpen) this.close();
      else this.#open(this.#commands);
      if (hasKeyboard()) this.#field.focus();
    });
    this.#field.addEventListener("input", () => this.#follow());
    document.addEventListener("pointerdown", (event) => {
      if (!this.#list.contains(event.target) && !this.#button.contains(event.target)) this.close();
    });
  }

  get isOpen() {
    return !this.#list.hidden;
  }

  know(commands) {
    this.#commands = commands;
  }

  get #severalBots() {
    return new Set(this.#commands.map(({ bot }) => bot)).size > 1 || null;
  }

  close() {
    this.#list.hidden = true;
    this.#button.setAttribute("aria-expanded", "false");
    this.#field.removeAttribute("aria-activedescendant");
  }

  /** Answers whether the key was for the list, and not for the text. */
  took(event) {
    if (!this.isOpen || event.isComposing) return false;
    const options = this.#options();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) this.#choose((this.#chosen + step + options.length) % options.length);
    else if ((event.key === "Enter" || event.key === "Tab") && !event.shiftKey && options.length) options[this.#chosen].click();
    else if (event.key === "Escape") this.close();
    else return false;
    event.preventDefault();
    return true;
  }

  #follow() {
    const written = this.#field.value;
    const found = this.#commands.filter(({ command }) => `/${command}`.startsWith(written));
    if (written.startsWith("/") && found.length) this.#open(found);
    else this.close();
  }

  #open(commands) {
    this.#list.replaceChildren(...commands.map((command, index) => this.#option(command, index)));
    if (!commands.length) this.#list.append(make("p", { class: "none" }, "The bot has no commands for this person."));
    this.#list.hidden = false;
    this.#button.setAttribute("aria-expanded", "true");
    if (commands.length) this.#choose(0);
  }

  /** In a group a command names its bot, so that no other one answers. */
  #option({ command, description, bot }, index) {
    const sent = () => {
      this.close();
      this.#field.value = "";
      this.#field.dispatchEvent(new Event("input"));
      this.#say(bot ? `/${command}@${bot}` : `/${command}`);
    };
    return make(
      "div",
      { role: "option", id: `command-${index}`, "data-testid": `command-${command}`, "aria-selected": "false", onclick: sent },
      make("strong", {}, `/${command}`, this.#severalBots && make("small", {}, `@${bot}`)),
      make("span", { dir: "auto" }, description),
    );
  }

  #options() {
    return [...this.#list.querySelectorAll("[role=option]")];
  }

  #choose(index) {
    this.#chosen = index;
    this.#options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const option = this.#options()[index];
    this.#field.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }
}
