/** A person's SMS as a phone lists them, the newest first, and in small print what they cost. */
import { Addresses } from "./addresses.js";
import { Box } from "./box.js";
import { byId, icon, keepingFocus, make } from "../dom.js";
import { announce, notify } from "../notices.js";
import { others } from "./others.js";
import * as post from "./post_api.js";
import { counted, momentWords } from "../words.js";

const RECEIPTS = { none: "no receipt asked", awaited: "receipt awaited", delivered: "delivered", failed: "not delivered" };

export class SmsInbox {
  #list = byId("sms-list");
  #addresses = new Addresses("phone");
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
      fetch: post.messages,
      changed: () => {
        counted(...this.#box.unread);
        this.redraw();
      },
      arrived: (sms) => announce(`New SMS from ${sms.from}: ${sms.text}`),
    });
  }

  open(person) {
    return this.#box.open(person);
  }

  refresh() {
    return this.#box.refresh();
  }

  /** Read is what was looked at; nobody's are read by whoever sees them. */
  async markRead() {
    await Promise.all(this.#box.all.filter(({ unread }) => unread).map(({ id }) => post.readSms(id)));
  }

  redraw() {
    const person = this.#whoIs(this.#box.person);
    if (!person) return;
    this.#addresses.show(person);
    const drawn = JSON.stringify([person.id, person.first_name, this.#box.own, this.#box.nobodys, this.#now().toDateString()]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    keepingFocus(this.#body, () => this.#body.replaceChildren(...this.#parts(person).filter(Boolean)));
  }

  #parts(person) {
    const { own, nobodys } = this.#box;
    const row = (sms) => bubble(sms, this.#now());
    const give = (phone) => post.addAddress(person.id, { phone }).catch((refusal) => notify(refusal.message));
    const hint = "Sent to numbers that belong to nobody yet.";
    return [
      own.length
        ? make("ul", { class: "texts", "aria-label": "SMS" }, ...own.map((sms) => make("li", {}, row(sms))))
        : make("p", { class: "nothing" }, icon("sms"), "No SMS has come."),
      others({ title: "Other SMS", hint, things: nobodys, address: "to", person, row, give }),
    ];
  }
}

function bubble(sms, now) {
  const came = new Date(sms.date * 1000);
  const print = [sms.encoding, counted(sms.segments, "segment", "segments"), RECEIPTS[sms.receipt]].filter(Boolean).join(" · ");
  const untaken = sms.receipt_status !== null && (sms.receipt_status < 200 || sms.receipt_status > 299);
  return make(
    "div",
    { class: "text-message", "data-testid": `sms-${sms.id}` },
    make("span", { class: "line" }, make("strong", { dir: "auto" }, sms.from), make("time", { datetime: came.toISOString() }, momentWords(came, now))),
    make("p", { dir: "auto", "data-testid": "sms-text" }, sms.text),
    make("small", { "data-testid": "sms-print" }, print),
    untaken ? make("small", { class: "grave" }, "The bot did not take the receipt.") : null,
    sms.receipt === "awaited" ? receiptButtons(sms) : null,
  );
}

/** Where a receipt was held back, it can be given by hand. */
function receiptButtons({ id }) {
  const give = (delivered) => () => post.giveReceipt(id, delivered).catch((refusal) => notify(refusal.message));
  return make(
    "span",
    { class: "line receipts" },
    make("button", { type: "button", class: "quiet", "data-testid": `sms-${id}-arrived`, onclick: give(true) }, "Delivered"),
    make("button", { type: "button", class: "quiet", "data-testid": `sms-${id}-failed`, onclick: give(false) }, "Not delivered"),
  );
}
