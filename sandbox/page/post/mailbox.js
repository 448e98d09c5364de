/** A person's mail: the list, and the one that is open. */
import { Addresses } from "./addresses.js";
import { Box } from "./box.js";
import { byId, icon, keepingFocus, make } from "../dom.js";
import { Letter } from "./letter.js";
import { announce, notify } from "../notices.js";
import { others } from "./others.js";
import * as post from "./post_api.js";
import { counted, shortTimeOf } from "../words.js";

export const senderOf = ({ from }) => from.replace(/\s*<[^>]*>\s*$/, "").replace(/^"|"$/g, "") || from;

export class Mailbox {
  #list = byId("mail-list");
  #letter = new Letter({ closed: (id) => this.#show(null, id) });
  #addresses = new Addresses("email");
  #body = make("div");
  #box;
  #now;
  #whoIs;
  #drawn = null;

  constructor({ now, whoIs, counted }) {
    this.#now = now;
    this.#whoIs = whoIs;
    this.#list.append(this.#addresses.node, this.#body);
    this.#box = new Box({
      fetch: post.mails,
      changed: () => {
        counted(...this.#box.unread);
        this.redraw();
      },
      arrived: (mail) => announce(`New mail from ${senderOf(mail)}: ${mail.subject}`),
    });
  }

  open(person) {
    this.#show(null);
    return this.#box.open(person);
  }

  refresh() {
    return this.#box.refresh();
  }

  /** Answers whether something was open. */
  close() {
    return this.#letter.close();
  }

  redraw() {
    const person = this.#whoIs(this.#box.person);
    if (!person) return;
    this.#addresses.show(person);
    if (this.#letter.id && !this.#box.all.some(({ id }) => id === this.#letter.id)) this.#show(null);
    const drawn = JSON.stringify([person, this.#box.own, this.#box.nobodys, this.#now().toDateString()]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    keepingFocus(this.#body, () => this.#body.replaceChildren(...this.#parts(person).filter(Boolean)));
  }

  #parts(person) {
    const { own, nobodys } = this.#box;
    const row = (mail) => this.#row(mail);
    const give = (email) => post.addAddress(person.id, { email }).catch((refusal) => notify(refusal.message));
    const hint = "Sent to addresses that belong to nobody yet.";
    return [
      own.length
        ? make("ul", { class: "rows", "aria-label": "Mails" }, ...own.map((mail) => make("li", {}, row(mail))))
        : make("p", { class: "nothing" }, icon("mail"), "No mail has come."),
      others({ title: "Other mail", hint, things: nobodys, address: "address", person, row, give }),
    ];
  }

  #row(mail) {
    const sent = new Date(mail.date * 1000);
    const open = { "data-testid": `mail-${mail.id}`, onclick: () => this.#show(mail.id) };
    return make(
      "button",
      { type: "button", class: mail.unread ? "row-mail new" : "row-mail", ...open },
      make(
        "span",
        { class: "line" },
        mail.unread ? unseen("Unread, from ") : null,
        make("strong", { dir: "auto" }, senderOf(mail)),
        make("time", { datetime: sent.toISOString() }, shortTimeOf(sent, this.#now())),
      ),
      make("span", { class: "line" }, make("span", { class: "subject", dir: "auto" }, mail.subject || "No subject"), ...clip(mail)),
      make("span", { class: "preview", dir: "auto" }, mail.preview),
    );
  }

  async #show(id, before = null) {
    this.#list.hidden = id !== null;
    if (id === null) {
      this.#letter.hide();
      if (before) this.#list.querySelector(`[data-testid="mail-${before}"]`)?.focus();
      return;
    }
    try {
      await this.#letter.show(id);
    } catch (refusal) {
      this.#show(null);
      notify(refusal.message);
    }
  }
}

const unseen = (words) => make("span", { class: "unseen" }, words);

function clip({ attachments }) {
  const words = counted(attachments.length, "attachment", "attachments");
  return attachments.length ? [icon("attach"), unseen(`, ${words}`)] : [];
}
