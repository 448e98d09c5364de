/** An invoice in the chat, and the line that says it was paid. */
import { make } from "../dom.js";
import { paidWords, sumOf } from "./money.js";

/** The sandbox's own words for a bot that gave no button. */
const USUAL_BUTTON = /^Pay [\d.]+ [A-Z]{3}$/;

export function invoiceCard(message, { reader }) {
  const { invoice } = message.content;
  return make(
    "div",
    { class: "invoice", "data-testid": "invoice" },
    make("small", { class: "kind" }, "Invoice"),
    make("strong", { dir: "auto" }, invoice.title),
    make("p", { dir: "auto" }, invoice.description),
    make("b", { class: "sum", "data-testid": "invoice-sum" }, sumFor(reader(), invoice)),
    message.paid ? make("span", { class: "paid", "data-testid": "paid" }, paidWords(message.paid)) : null,
  );
}

/** The usual button names the sum as the person writes it. */
export function payButtons({ inline_keyboard, content }, { reader }) {
  const written = (button) => (button.pay && USUAL_BUTTON.test(button.text) ? { ...button, text: `Pay ${sumFor(reader(), content.invoice)}` } : button);
  return inline_keyboard.map((row) => row.map(written));
}

/** `You paid 120,00 PLN`. */
export function receipt(message, { nameOf, reader }) {
  const sum = make("b", {}, sumFor(reader(), message.content.successful_payment));
  return make("span", { "data-testid": "receipt" }, `${nameOf(message)} paid `, sum);
}

const sumFor = (person, { total_amount, currency }) => sumOf(total_amount, currency, person?.language_code);
