/** One message as a bubble with its keyboard. */
import { albumOf, asOne } from "./album.js";
import { icon, make } from "../dom.js";
import { textWithEntities } from "./entities.js";
import { invoiceCard, payButtons, receipt } from "./invoice.js";
import { inlineKeyboard } from "../chat/keyboards.js";
import { isPicture, media } from "./media.js";
import { payInvoice } from "./payment.js";
import { forwarded, quote } from "./quote.js";
import { reactionsOf } from "./reactions.js";
import { coverOf } from "./spoilers.js";
import { timeOf } from "../words.js";

const GLYPHS = /^(?:\p{Extended_Pictographic}(?:\u200d\p{Extended_Pictographic}|\ufe0f|\p{Emoji_Modifier})*){1,3}$/u;

/**
 * Draws into a node that stays, so that an edit keeps its place.
 * `deeds`: what its parts do (press, say, goTo, react), and who its people are (nameOf, me, reader).
 */
export function drawMessage(node, message, answered, deeds) {
  const focused = node.contains(document.activeElement) ? document.activeElement : null;
  const place = buttonsOf(node).indexOf(focused);
  node.setAttribute("aria-label", message.from === "bot" ? "Bot" : "You");
  if (message.kind === "successful_payment") {
    node.className = "message service";
    node.replaceChildren(receipt(message, deeds));
  } else drawBubble(node, asOne(message), answered, deeds);
  if (place >= 0) buttonInPlace(buttonsOf(node), focused.textContent, place)?.focus();
}

function drawBubble(node, message, answered, deeds) {
  const buttons = message.inline_keyboard?.length;
  node.className = `message ${message.from} kind-${message.kind}`;
  for (const [name, yes] of Object.entries(shapes(message))) node.classList.toggle(name, yes);
  node.classList.toggle("keyed", Boolean(buttons));
  node.replaceChildren(bubble(message, answered, deeds));
  if (buttons) node.append(keyboardOf(message, deeds));
}

function keyboardOf(message, deeds) {
  const paying = message.kind === "invoice" ? { inline_keyboard: payButtons(message, deeds) } : {};
  return inlineKeyboard({ ...message, ...paying }, { ...deeds, press: pressOrPay(deeds.press) });
}

/** `bare` has no words; what ends with a picture has its time written on it. */
function shapes(message) {
  const bare = message.kind !== "text" && !message.text;
  const endsWithPicture = isPicture(message) && (bare || captionFirst(message)) && !message.reactions?.length;
  const glyphs = message.kind === "text" && !message.entities?.length && GLYPHS.test(message.text);
  return { bare, glyphs, stamped: endsWithPicture, framed: isPicture(message) };
}

const captionFirst = ({ text, content }) => Boolean(text && content?.show_caption_above_media);

const pressOrPay = (press) => (message, button, node) => (button.pay ? payInvoice(message) : press(message, button, node));

/** Whoever walks by keyboard stays on the same button, or where it was. */
const buttonInPlace = (buttons, words, place) =>
  buttons.find((button) => button.textContent === words) ?? buttons[Math.min(place, buttons.length - 1)];

const buttonsOf = (node) => [...node.querySelectorAll(".key")];

function bubble(message, answered, deeds) {
  const node = make("div", { class: "bubble" });
  if (message.origin) node.append(forwarded(message.origin));
  if (answered) node.append(quote(answered, deeds));
  const carried = carriedBy(message, deeds);
  const said = words(message, deeds);
  if (captionFirst(message)) node.append(said, carried, make("div", { class: "text" }, stamp(message)));
  else {
    if (carried) node.append(carried);
    said.append(" ", stamp(message));
    node.append(said);
  }
  if (message.reactions?.length) node.append(reactionsOf(message, deeds));
  return node;
}

function carriedBy(message, deeds) {
  if (message.kind === "text") return null;
  if (message.kind === "invoice") return invoiceCard(message, deeds);
  return message.parts ? albumOf(message.parts) : media(message);
}

function words(message, { say }) {
  const said = textWithEntities(message.text ?? "", message.entities, { say, cover: coverOf(message) });
  return make("div", { class: "text", dir: "auto" }, make("span", { "data-testid": "text" }, said));
}

function stamp(message) {
  const sent = new Date(message.date * 1000);
  const time = make("time", { datetime: sent.toISOString(), title: sent.toLocaleString("en-GB") }, timeOf(sent));
  const pin = message.pinned ? sign("pin", "Pinned") : null;
  const lock = message.protected ? sign("lock", "Not to be forwarded") : null;
  return make("span", { class: "stamp", dir: "ltr" }, pin, lock, message.edited ? "edited " : null, time);
}

const sign = (name, meaning) => make("span", { class: name, role: "img", "aria-label": meaning, title: meaning }, icon(name));
