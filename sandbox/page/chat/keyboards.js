/** Buttons under a message, and the keyboard under the composer. */
import { icon, make } from "../dom.js";
import { destination } from "../message/links.js";
import { copy } from "../notices.js";
import { openInvoice } from "../message/payment.js";
import { openStart } from "./starts.js";

const MANY_IN_A_ROW = 5;

/** Presses that nobody has answered yet; a redrawn message finds its spinners here. */
const unanswered = new Set();

/** What a drawn button would press: two buttons of one message may press the same. */
const pressOf = new WeakMap();

const pressKey = (message, button) => `${message.message_id} ${button.callback_data ?? button.text}`;

export function inlineKeyboard(message, { press }) {
  const rows = message.inline_keyboard.map((row) => keyboardRow(row, (button) => inlineButton(message, button, press)));
  return make("div", { class: "keyboard", role: "group", "aria-label": "Buttons" }, ...rows);
}

function keyboardRow(row, drawn) {
  const node = make("div", { class: row.length >= MANY_IN_A_ROW ? "row many" : "row" }, ...row.map(drawn));
  node.style.setProperty("--columns", row.length);
  return node;
}

function inlineButton(message, button, press) {
  const face = make("span", { class: "face-text", dir: "auto" }, button.text);
  const address = button.url ?? button.web_app?.url ?? button.login_url?.url;
  const goal = address ? destination(address) : null;
  if (goal?.href && !goal.invoice) {
    const link = { href: goal.href, target: "_blank", rel: "noopener noreferrer", title: goal.href };
    return make("a", { class: "key", "data-testid": "button", ...link }, face, icon("out"));
  }
  const busy = unanswered.has(pressKey(message, button));
  const deed = inside(goal) ?? copying(button) ?? ((event) => press(message, button, event.currentTarget));
  const node = make("button", { type: "button", class: "key", "data-testid": "button", "aria-busy": busy && "true", onclick: deed }, face);
  pressOf.set(node, pressKey(message, button));
  return node;
}

/** What a link opens in this page, where it does. */
function inside(goal) {
  if (goal?.invoice) return () => openInvoice(goal.invoice);
  return goal?.start ? () => openStart(goal.start) : null;
}

const copying = ({ copy_text }) => (copy_text ? () => copy(copy_text.text) : null);

/** The spinner stays until `answered` settles, also on a button that was drawn anew meanwhile. */
export async function spinWhile(message, button, node, answered) {
  const key = pressKey(message, button);
  unanswered.add(key);
  node.setAttribute("aria-busy", "true");
  try {
    return await answered();
  } finally {
    unanswered.delete(key);
    const messageNode = document.querySelector(`[data-testid="message-${message.message_id}"]`);
    for (const spinning of messageNode?.querySelectorAll("[aria-busy]") ?? []) {
      if (spinning === node || pressOf.get(spinning) === key) spinning.removeAttribute("aria-busy");
    }
  }
}

export const isUnanswered = (message, button) => unanswered.has(pressKey(message, button));
export const unansweredCount = () => unanswered.size;

/** What a key does: says its words, or asks before it shares a number. What is not played says so. */
export function replyKeys(keyboard, { say, sharePhone, notPlayed }) {
  const key = (button) => {
    const words = typeof button === "string" ? button : button.text;
    const wish = Object.keys(button).find((name) => name.startsWith("request_") && button[name]);
    const deeds = { request_contact: sharePhone, [undefined]: () => say(words) };
    const deed = deeds[wish] ?? (() => notPlayed(wish));
    const face = make("span", { dir: "auto" }, words);
    const node = make("button", { type: "button", class: "key", "data-testid": "reply-button", onclick: deed }, face);
    if (wish === "request_contact") node.prepend(icon("person"));
    return node;
  };
  return keyboard.keyboard.map((row) => keyboardRow(row, key));
}
