/** One message as a bubble with its keyboard. */
import { icon, make } from "./dom.js";
import { textWithEntities } from "./entities.js";
import { inlineKeyboard } from "./keyboards.js";
import { media } from "./media.js";
import { previewOf, timeOf } from "./words.js";

/** Draws into a node that stays, so that an edit keeps its place. */
export function drawMessage(node, message, answered, deeds) {
  const focused = node.contains(document.activeElement) ? document.activeElement : null;
  const place = buttonsOf(node).indexOf(focused);
  node.className = `message ${message.from} kind-${message.kind}`;
  node.classList.toggle("bare", message.kind !== "text" && !message.text);
  node.classList.toggle("keyed", Boolean(message.inline_keyboard?.length));
  node.setAttribute("aria-label", message.from === "bot" ? "Bot" : "You");
  node.replaceChildren(bubble(message, answered, deeds));
  if (message.inline_keyboard?.length) node.append(inlineKeyboard(message, deeds));
  if (place >= 0) buttonInPlace(buttonsOf(node), focused.textContent, place)?.focus();
}

/** Whoever walks by keyboard stays on the same button, or where it was. */
const buttonInPlace = (buttons, words, place) =>
  buttons.find((button) => button.textContent === words) ?? buttons[Math.min(place, buttons.length - 1)];

const buttonsOf = (node) => [...node.querySelectorAll(".key")];

function bubble(message, answered, deeds) {
  const words = make("span", { "data-testid": "text" }, textWithEntities(message.text ?? "", message.entities, deeds.say));
  const text = make("div", { class: "text", dir: "auto" }, words, " ", stamp(message));
  const node = make("div", { class: "bubble" });
  if (answered) node.append(quote(answered, deeds.goTo));
  if (message.kind !== "text") node.append(media(message));
  node.append(text);
  return node;
}

function stamp(message) {
  const sent = new Date(message.date * 1000);
  const time = make("time", { datetime: sent.toISOString(), title: sent.toLocaleString("en-GB") }, timeOf(sent));
  const meaning = "Not to be forwarded";
  const lock = message.protected ? make("span", { class: "lock", role: "img", "aria-label": meaning, title: meaning }, icon("lock")) : null;
  return make("span", { class: "stamp", dir: "ltr" }, lock, message.edited ? "edited " : null, time);
}

function quote(answered, goTo) {
  const author = answered.from === "bot" ? "Bot" : "You";
  return make(
    "button",
    { type: "button", class: "quote", onclick: () => goTo(answered.message_id) },
    make("strong", {}, author),
    make("span", { dir: "auto" }, previewOf(answered)),
  );
}
