/** Who is in a group: seen by everybody, changed by those in charge. */
import * as api from "../api.js";
import { icon, keepingFocus, make } from "../dom.js";
import { dressFace } from "./faces.js";
import { answered } from "../forms.js";
import * as groups from "./groups_api.js";
import { menu } from "../menu.js";
import { notify } from "../notices.js";
import { counted, fullName } from "../words.js";

const IN_CHARGE = ["creator", "administrator"];
const STATUSES = { creator: "Creator", administrator: "Administrator", restricted: "May not write" };

export const membersWords = ({ members }) => counted(members.length, "member", "members");

export class Members {
  #facts = null;
  #dialog = null;
  #list = make("ul", { class: "members", "data-testid": "members-list" });
  #title = make("h2", { id: "members-title" });
  #adding = make("form", { class: "adding", onsubmit: (event) => this.#add(event) });

  /** `facts()` gives the person who looks, the chat, and everybody there is. */
  constructor({ facts }) {
    this.#facts = facts;
  }

  async open() {
    const close = make("button", { type: "button", class: "round small", "aria-label": "Close", onclick: () => this.#dialog.close() }, icon("close"));
    const head = make("header", {}, this.#title, close);
    this.#dialog = make("dialog", { class: "members-dialog", "data-testid": "members", "aria-labelledby": "members-title" }, head, this.#list, this.#adding);
    this.draw();
    await answered(this.#dialog);
    this.#dialog = null;
  }

  draw() {
    if (!this.#dialog) return;
    const { chat } = this.#facts();
    if (!chat?.members) {
      this.#dialog.close();
      return;
    }
    this.#title.textContent = membersWords(chat);
    keepingFocus(this.#dialog, () => this.#list.replaceChildren(...chat.members.map((member) => this.#row(member))));
    this.#offerOthers(chat);
  }

  #row({ user, status }) {
    const { person, chat } = this.#facts();
    const face = make("span", { class: "face", "aria-hidden": "true" });
    dressFace(face, user);
    const about = [user.is_bot && `@${user.username}`, STATUSES[status], user.id === person && "you"].filter(Boolean).join(" · ");
    const name = make("span", { class: "named" }, make("b", { dir: "auto" }, fullName(user)), make("small", {}, about));
    const mayChange = IN_CHARGE.includes(chat.status) && status !== "creator" && user.id !== person;
    return make("li", { "data-testid": `member-${user.id}` }, face, name, ...(mayChange ? this.#choices(user, status) : []));
  }

  #choices(user, status) {
    const deed = (sign, words, becomes, grave = null) =>
      make("button", { type: "button", role: "menuitem", class: grave, "data-testid": `${sign}-${user.id}`, onclick: () => this.#become(user.id, becomes) }, words);
    const list = make(
      "div",
      { class: "menu below", role: "menu", "aria-label": fullName(user), hidden: true },
      status === "administrator" ? deed("demote", "Make a member", "member") : deed("promote", "Make an administrator", "administrator"),
      status === "restricted" ? deed("allow", "Let write again", "member") : status === "member" && !user.is_bot ? deed("restrict", "Forbid to write", "restricted") : null,
      deed("kick", "Remove from the group", "kicked", "grave"),
    );
    const named = { "aria-label": `Change ${fullName(user)}`, "aria-haspopup": "menu", "aria-expanded": "false", "data-testid": `change-${user.id}` };
    const button = make("button", { type: "button", class: "round small", ...named }, icon("more"));
    menu(button, list);
    return [make("div", { class: "anchor" }, button, list)];
  }

  async #offerOthers(chat) {
    const here = new Set(chat.members.map(({ user }) => user.id));
    const { bots } = await api.bots().catch(() => ({ bots: [] }));
    const others = [...this.#facts().people, ...bots].filter(({ id }) => !here.has(id));
    const options = others.map((other) => make("option", { value: other.id }, other.is_bot ? `${fullName(other)} (bot)` : fullName(other)));
    const select = make("select", { name: "user", "aria-label": "Whom to add", "data-testid": "add-whom" }, ...options);
    const add = make("button", { class: "primary small", "data-testid": "add-member" }, "Add");
    this.#adding.replaceChildren(...(others.length ? [select, add] : []));
  }

  #add(event) {
    event.preventDefault();
    this.#become(Number(new FormData(this.#adding).get("user")), "member");
  }

  async #become(user, status) {
    const { person, chat } = this.#facts();
    try {
      await groups.changeMember(chat.chat, { by: person, user, status });
    } catch (refusal) {
      notify(refusal.message);
    }
  }
}
