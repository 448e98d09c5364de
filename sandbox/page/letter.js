/** One mail, open. Its HTML is shown in a frame that may neither run nor fetch anything. */
import { byId, icon, make } from "./dom.js";
import { destination } from "./links.js";
import * as post from "./post_api.js";
import { counted, kindOf, momentOf, sizeOf, weekdayOf } from "./words.js";

const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/g;

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

  close() {
    if (!this.id) return false;
    this.#closed(this.id);
    return true;
  }

  #parts(mail) {
    const back = make("button", { type: "button", class: "round", "aria-label": "Back to the mails", "data-testid": "mail-back", onclick: () => this.close() }, icon("back"));
    const body = make("div", { class: "body" });
    const source = make("a", { href: post.mailSource(mail.id), class: "quiet", download: "" }, "Source");
    const sides = mail.has_html && mail.has_text ? sidesOf(mail, body) : null;
    body.append(mail.has_html ? page(mail) : plain(mail));
    return [
      make("header", { class: "head" }, back, make("h2", { id: "letter-subject", tabindex: "-1", dir: "auto" }, mail.subject || "No subject")),
      make("dl", {}, ...fact("From", mail.from), ...fact("To", mail.address), ...fact("Came", whenOf(mail))),
      mail.copies ? make("p", { class: "again", "data-testid": "copies" }, `The same mail came ${counted(mail.copies, "time", "times")} before.`) : null,
      mail.attachments.length ? make("ul", { class: "files", "aria-label": "Attachments" }, ...mail.attachments.map((part) => file(mail, part))) : null,
      make("div", { class: "sides" }, sides, source),
      body,
    ];
  }
}

const fact = (name, value) => [make("dt", {}, name), make("dd", { dir: "auto" }, value)];

function whenOf({ date }) {
  const came = new Date(date * 1000);
  return `${weekdayOf(came)} ${momentOf(came)}`;
}

/** Two buttons, one of them pressed. */
function sidesOf(mail, body) {
  const side = (words, testId, draw) =>
    make("button", { type: "button", "data-testid": testId, "aria-pressed": String(draw === page), onclick: (event) => turn(event.currentTarget, draw) }, words);
  const buttons = make("div", { class: "segments", role: "group", "aria-label": "Shown as" }, side("HTML", "as-html", page), side("Text", "as-text", plain));

  function turn(pressed, draw) {
    for (const button of buttons.children) button.setAttribute("aria-pressed", String(button === pressed));
    body.replaceChildren(draw(mail));
  }

  return buttons;
}

const page = ({ id }) => make("iframe", { sandbox: "", src: post.mailPage(id), title: "The mail as HTML", referrerpolicy: "no-referrer", "data-testid": "mail-html" });

function plain({ text }) {
  const parts = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(LINK)) {
    const goal = destination(found);
    parts.push(text.slice(at, index), goal?.href ? make("a", { href: goal.href, target: "_blank", rel: "noopener noreferrer" }, found) : found);
    at = index + found.length;
  }
  return make("div", { class: "plain", dir: "auto", tabindex: "0", role: "region", "aria-label": "Text of the mail", "data-testid": "mail-text" }, ...parts, text.slice(at));
}

function file(mail, { index, name, type, size }) {
  const address = post.attachment(mail.id, index);
  return make(
    "li",
    {},
    make(
      "a",
      { class: "document", href: address, download: name, "data-testid": "attachment", "aria-label": `Download ${name}, ${sizeOf(size)}` },
      make("span", { class: "tile" }, icon(type === "text/calendar" ? "calendar" : "get")),
      make("span", { class: "named" }, make("b", { dir: "auto" }, name), make("small", {}, `${kindOf(name, type)} · ${sizeOf(size)}`)),
    ),
  );
}
