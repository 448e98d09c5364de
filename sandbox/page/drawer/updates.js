/** What the bots were told, and whether they have said that they have it. */
import { updates } from "./api.js";
import { jsonBlock } from "./json.js";
import { DrawerList, momentNode, pause } from "./list.js";
import { make } from "../dom.js";
import { oneAtATime } from "../turns.js";

const NEWEST = 200;
const TOLD_BY = new Set(["calls", "chat", "people"]);

export class UpdatesPanel {
  #list = new DrawerList({ name: "Updates", testId: "updates", empty: "No updates.", draw: drawUpdate });
  node = make("div", { class: "drawer-panel" }, this.#list.node);

  refresh = oneAtATime(async () => {
    const { updates: told } = await updates({ limit: NEWEST });
    if (told.length && told.at(-1).seq < this.#list.lastSeq) this.#list.forgetAll();
    this.#list.show(told);
    await pause();
  });

  changed({ kind }) {
    if (TOLD_BY.has(kind)) return this.refresh();
  }
}

function drawUpdate({ at, kind, chat, update_id, deliveries, confirmed, body }) {
  const state = confirmed ? "fine" : deliveries ? "refused" : "waiting";
  const words = confirmed ? "confirmed" : deliveries ? `sent ${deliveries}×` : "waiting";
  return {
    state,
    summary: [
      momentNode(at),
      make("b", {}, kind),
      make("span", { class: "chat-id" }, String(chat ?? "")),
      make("span", { class: "status" }, words),
      make("small", { class: "told" }, `update ${update_id}${confirmed && deliveries > 1 ? `, sent ${deliveries}×` : ""}`),
    ],
    body: () => [jsonBlock("Update", body)],
  };
}
