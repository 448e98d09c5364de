/** The sheet on which a person pays: what for, how much, with which card; then what the bot made of it. */
import { Refused } from "../api.js";
import { make } from "../dom.js";
import { digitsOf, paidWords, sumOf, unitsOf } from "./money.js";
import { notify } from "../notices.js";
import { invoiceBehind, invoiceOf, pay, payer } from "./pay_api.js";

const ASKED = [
  { name: "name", label: "Name", type: "text", known: (person) => [person.first_name, person.last_name].filter(Boolean).join(" ") },
  { name: "email", label: "E-mail", type: "email", known: (person) => person.emails?.[0] ?? "" },
  { name: "phone_number", label: "Phone", type: "tel", known: (person) => person.phones?.[0] ?? "" },
];
const CARDS = { good: "4242 4242 4242 4242, accepted", declined: "4000 0000 0000 0002, declined" };

/** Pays what a message asks for. */
export const payInvoice = ({ message_id }) => openSheet(invoiceOf(message_id), { message_id });

/** Pays what a link leads to. */
export const openInvoice = (slug) => openSheet(invoiceBehind(slug), { link: slug });

async function openSheet(asked, paidBy) {
  try {
    const [invoice, person] = await Promise.all([asked, payer()]);
    new Sheet(invoice, paidBy, person).open();
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
    notify(refusal.message);
  }
}

class Sheet {
  #invoice;
  #paidBy;
  #person;
  #form = make("form", { method: "dialog", class: "form" });
  #dialog = make("dialog", { class: "payment", "data-testid": "payment", "aria-labelledby": "payment-title" }, this.#form);
  #error = make("p", { class: "refused", role: "alert", "data-testid": "payment-error", hidden: true });
  #submit = make("button", { class: "primary", "data-testid": "pay" });

  constructor(invoice, paidBy, person) {
    this.#invoice = invoice;
    this.#paidBy = paidBy;
    this.#person = person;
    this.#form.append(this.#head(), ...this.#tips(), ...this.#fields(), this.#cards(), this.#foot());
    this.#form.addEventListener("input", () => this.#showSum());
    this.#form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#pay();
    });
    this.#dialog.addEventListener("cancel", (event) => this.#busy && event.preventDefault());
    this.#dialog.addEventListener("close", () => this.#dialog.remove());
    this.#showSum();
  }

  open() {
    document.body.append(this.#dialog);
    this.#dialog.showModal();
    this.#submit.focus();
  }

  get #busy() {
    return this.#submit.hasAttribute("aria-busy");
  }

  get #tip() {
    const typed = this.#form.elements.tip?.value ?? "";
    return typed.trim() ? unitsOf(typed, this.#invoice.currency) : 0;
  }

  #sum(units) {
    return sumOf(units, this.#invoice.currency, this.#person?.language_code);
  }

  #head() {
    const { title, description, prices, paid } = this.#invoice;
    const rows = (prices ?? []).map(({ label, amount }) => make("li", {}, make("span", { dir: "auto" }, label), make("b", {}, this.#sum(amount))));
    return make(
      "div",
      { class: "bill" },
      make("h2", { id: "payment-title", dir: "auto" }, title),
      make("p", { dir: "auto" }, description),
      rows.length > 1 ? make("ul", { class: "prices" }, ...rows) : null,
      paid ? make("span", { class: "paid" }, `${paidWords(paid)}.`) : null,
    );
  }

  #tips() {
    const { currency, max_tip_amount: most, suggested_tip_amounts: suggested = [] } = this.#invoice;
    if (!most) return [];
    const field = make("input", { name: "tip", inputmode: "decimal", autocomplete: "off", placeholder: "0", "data-testid": "payment-tip" });
    const give = (units) => {
      field.value = (units / 10 ** digitsOf(currency)).toFixed(digitsOf(currency));
      this.#showSum();
    };
    const choices = suggested.map((units) => make("button", { type: "button", class: "pill", onclick: () => give(units) }, this.#sum(units)));
    const label = make("label", {}, `Tip, at most ${this.#sum(most)}`, field);
    return [choices.length ? make("div", { class: "tips" }, label, make("div", { class: "pills" }, ...choices)) : label];
  }

  #fields() {
    const asked = ASKED.filter(({ name }) => this.#invoice.needs.includes(name));
    return asked.map(({ name, label, type, known }) => {
      const field = make("input", { name, type, required: true, autocomplete: "off", maxlength: "254", "data-testid": `payment-${name}` });
      field.value = this.#person ? known(this.#person) : "";
      return make("label", {}, label, field);
    });
  }

  #cards() {
    const choices = Object.entries(CARDS).map(([value, words]) => make("option", { value }, words));
    return make("label", {}, "Test card", make("select", { name: "card", "data-testid": "payment-card" }, ...choices));
  }

  #foot() {
    const close = () => this.#busy || this.#dialog.close();
    const cancel = make("button", { type: "button", "data-cancel": true, onclick: close }, "Cancel");
    return make("div", { class: "foot" }, this.#error, make("div", { class: "row" }, cancel, this.#submit));
  }

  #showSum() {
    const { total_amount, max_tip_amount = 0, currency } = this.#invoice;
    const tip = this.#tip;
    const wrong = Number.isNaN(tip) || tip < 0 ? "Write a sum." : tip > max_tip_amount ? "That is more than the bot takes." : "";
    this.#form.elements.tip?.setCustomValidity(wrong);
    this.#submit.textContent = `Pay ${sumOf(total_amount + (wrong ? 0 : tip), currency, this.#person?.language_code)}`;
  }

  async #pay() {
    if (this.#busy) return;
    const given = Object.fromEntries(new FormData(this.#form));
    delete given.tip;
    this.#submit.setAttribute("aria-busy", "true");
    this.#error.hidden = true;
    try {
      const { paid, error } = await pay({ ...this.#paidBy, ...given, ...(this.#tip && { tip: this.#tip }) });
      if (paid) this.#succeed();
      else this.#refuse(error ?? "Nothing was paid.");
    } catch (refusal) {
      if (!(refusal instanceof Refused)) throw refusal;
      this.#refuse(refusal.message);
    } finally {
      this.#submit.removeAttribute("aria-busy");
    }
  }

  #succeed() {
    this.#dialog.close();
    notify(this.#submit.textContent.replace("Pay", "Paid"));
  }

  #refuse(words) {
    this.#error.textContent = words;
    this.#error.hidden = false;
  }
}
