/** What people think of a message, in a row under its words: each emoji once, with a count. */
import { make } from "../dom.js";

/** `me` is whose eyes look; `react` sets their emoji, or takes it back with an empty one. */
export function reactionsOf(message, { me, react }) {
  const tally = new Map();
  for (const { user, reactions } of message.reactions) {
    for (const { emoji } of reactions) {
      const { number, own } = tally.get(emoji) ?? { number: 0, own: false };
      tally.set(emoji, { number: number + 1, own: own || user === me() });
    }
  }
  const chips = [...tally].map(([emoji, count]) => chip(emoji, count, (wanted) => react(message, wanted)));
  return make("div", { class: "reactions", role: "group", "aria-label": "Reactions", "data-testid": "reactions" }, ...chips);
}

function chip(emoji, { number, own }, react) {
  const told = { "aria-label": `${emoji} ${number}`, "aria-pressed": String(own) };
  const toggle = () => react(own ? "" : emoji);
  return make("button", { type: "button", class: "reaction", ...told, onclick: toggle }, make("span", {}, emoji), make("b", {}, String(number)));
}
