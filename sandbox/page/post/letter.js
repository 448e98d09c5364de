/** One mail, open: who wrote it, what hangs on it, and what it says. */
import { byId, icon, make } from "../dom.js";
import { mailPage, mailText } from "./mail_sides.js";
import * as post from "./post_api.js";
import { counted, kindOf, momentOf, sizeOf, weekdayOf } from "../words.js";

export class Letter {
  #node = byId("letter");
  #closed;
  id = null;

  constructor({ closed }) {
    this.#closed = closed;
  }

  async show(id) {
    this.id = id;
    const mail = await post.mail(id);
    if (this.id !== id) return;
    this.#node.replaceChildren(...this.#parts(mail).filter(Boolean));
    this.#node.hidden = false;
    byId("letter-subject").focus();
    if (mail.unread) await post.readMail(id);
  }

  hide() {
    this.id = null;
    this.#node.hidden = true;
    this.#node.replaceChildren();
  }

  /** Answers whether something was open. */
  close() {
    if (!this.id) return false;
    this.#closed(this.id);
    return true;
  }

  #parts(mail) {
    const body = make("div", { class: "body" });
    const source = make("a", { href: post.mailSource(mail.id), class: "quiet", download: "" }, "Source");
    const sides = mail.has_html && mail.has_text ? sidesOf(mail, body) : null;
    body.append(...(mail.has_html ? mailPage(mail) : mailText(mail)));
    return [
      this.#head(mail),
      make("dl", {}, ...fact("From", mail.from), ...fact("To", mail.address), ...fact("Came", whenOf(mail))),
      mail.copies ? cameBefore(mail) : null,
      mail.attachments.length ? filesOf(mail) : null,
      make("div", { class: "sides" }, sides, source),
      body,
    ];
  }

  #head({ subject }) {
    const back = make(
      "button",
      { type: "button", class: "round", "aria-label": "Back to the mails", "data-testid": "mail-back", onclick: () => this.close() },
      icon("back"),
    );
    const title = make("h2", { id: "letter-subject", tabindex: "-1", dir: "auto" }, subject || "No subject");
    return make("header", { class: "head" }, back, title);
  }
}

const fact = (name, value) => [make("dt", {}, name), make("dd", { dir: "auto" }, value)];

function whenOf({ date }) {
  const came = new Date(date * 1000);
  return `${weekdayOf(came)} ${momentOf(came)}`;
}

function cameBefore({ copies }) {
  const words = `The same mail came ${counted(copies, "time", "times")} before.`;
  return make("p", { class: "again", "data-testid": "copies" }, words);
}

/** Two buttons, one of them pressed. */
function sidesOf(mail, body) {
  function side(words, testId, draw, pressed) {
    const turn = () => {
      for (const button of buttons.children) button.setAttribute("aria-pressed", String(button === node));
      body.replaceChildren(...draw(mail));
    };
    const node = make("button", { type: "button", "data-testid": testId, "aria-pressed": String(pressed), onclick: turn }, words);
    return node;
  }

  const buttons = make("div", { class: "segments", role: "group", "aria-label": "Shown as" });
  buttons.append(side("HTML", "as-html", mailPage, true), side("Text", "as-text", mailText, false));
  return buttons;
}

const filesOf = (mail) =>
  make("ul", { class: "files", "aria-label": "Attachments" }, ...mail.attachments.map((part) => make("li", {}, file(mail, part))));

function file(mail, { index, name, type, size }) {
  const address = { href: post.attachment(mail.id, index), download: name };
  return make(
    "a",
    { class: "document", ...address, "data-testid": "attachment", "aria-label": `Download ${name}, ${sizeOf(size)}` },
    make("span", { class: "tile" }, icon(type === "text/calendar" ? "calendar" : "get")),
    make("span", { class: "named" }, make("b", { dir: "auto" }, name), make("small", {}, `${kindOf(name, type)} · ${sizeOf(size)}`)),
  );
}
