/** Paying: what an invoice asks for, and the payment itself. */
import { shown } from "../address.js";
import { ask, tell } from "../api.js";

function here() {
  const { person, chat, bot } = shown();
  return { person, ...(chat && { chat }), ...(bot && { bot }) };
}

/** Whose addresses and language the sheet begins with. */
export const payer = async () => (await ask("/sim/people")).people.find(({ id }) => id === shown().person) ?? null;

/** Everything an invoice asks for: what a message shows of it is less. */
export const invoiceOf = (message_id) => ask("/sim/invoices", { ...here(), message_id });

export const invoiceBehind = (slug) => ask(`/sim/invoices/${encodeURIComponent(slug)}`);

/** `{ paid, error, charge_id, message_id }`, when the bot has answered or its time is over. */
export const pay = (payment) => tell("/sim/pay", { ...here(), ...payment });
