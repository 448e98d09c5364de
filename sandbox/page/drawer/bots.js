/** The bots, and how each of them listens. */
import { bots } from "./api.js";
import { pause } from "./list.js";
import { make } from "../dom.js";
import { oneAtATime } from "../turns.js";
import { fullName } from "../words.js";

export class BotsPanel {
  #list = make("ul", { class: "bots", "aria-label": "Bots", "data-testid": "bots" });
  node = make("div", { class: "drawer-panel scrolls" }, this.#list);

  refresh = oneAtATime(async () => {
    const rows = (await bots()).bots.map(botRow);
    this.#list.replaceChildren(...(rows.length ? rows : [make("li", { class: "none" }, "No bot has called yet.")]));
    await pause();
  });

  changed() {
    return this.refresh();
  }
}

function botRow(bot) {
  const { webhook, polling } = bot;
  const hears = webhook ? "webhook" : polling ? "polling" : "silent";
  const waiting = webhook?.pending_update_count ?? bot.pending_update_count;
  const facts = [`@${bot.username}`, `ID ${bot.id}`, waiting === undefined ? null : `${waiting} waiting`].filter(Boolean).join(" · ");
  return make(
    "li",
    { "data-testid": `bot-${bot.id}` },
    make("b", { dir: "auto" }, fullName(bot)),
    make("span", { class: `hears ${hears}` }, hears),
    make("small", {}, facts),
    webhook ? make("small", { class: "hook" }, webhook.url) : null,
    webhook?.last_error_message ? make("small", { class: "trouble" }, webhook.last_error_message) : null,
  );
}
