/** What the bots asked of the Bot API, and what they were told. */
import { calls } from "./api.js";
import { jsonBlock } from "./json.js";
import { DrawerList, momentNode, pause } from "./list.js";
import { icon, make } from "../dom.js";
import { oneAtATime } from "../turns.js";

const NEWEST = 200;
const POLLING = "getupdates";

export class CallsPanel {
  #kept;
  #list;
  #pause;

  /** `kept` is remembered between visits: method, errorsOnly, hidePolling, paused. */
  constructor(kept) {
    this.#kept = kept;
    this.#list = new DrawerList({ name: "Calls", testId: "calls", empty: "No calls.", draw: drawCall, passes: (call) => this.#passes(call) });
    this.#pause = make("button", { type: "button", class: "round small", "aria-label": "Pause", title: "Pause", "aria-pressed": String(Boolean(kept.paused)), "data-testid": "calls-pause", onclick: () => this.#togglePause() }, icon("pause"));
    this.node = make("div", { class: "drawer-panel" }, this.#bar(), this.#list.node);
  }

  refresh = oneAtATime(async () => {
    if (this.#kept.paused) return;
    const { calls: fresh } = await calls({ after: this.#list.lastSeq, limit: NEWEST });
    if (fresh.length) this.#list.show(fresh);
    else await this.#beginAgainAfterARestart();
    await pause();
  });

  changed({ kind }) {
    if (kind === "calls") return this.refresh();
  }

  /** A sandbox that was started anew counts from the beginning. */
  async #beginAgainAfterARestart() {
    const [newest] = (await calls({ limit: 1 })).calls;
    if (!newest || newest.seq >= this.#list.lastSeq) return;
    this.#list.forgetAll();
    this.#list.show((await calls({ limit: NEWEST })).calls);
  }

  #bar() {
    const field = make("input", { type: "search", placeholder: "Method", "aria-label": "Only methods with", "data-testid": "calls-method", autocomplete: "off", spellcheck: "false" });
    field.value = this.#kept.method ?? "";
    field.addEventListener("input", () => this.#keep({ method: field.value.trim() }));
    const clear = make("button", { type: "button", class: "round small", "aria-label": "Clear the list", title: "Clear the list", "data-testid": "calls-clear", onclick: () => this.#list.sweep() }, icon("sweep"));
    const errors = this.#switch("errorsOnly", "Errors", "calls-errors");
    return make("div", { class: "filters" }, field, errors, this.#switch("hidePolling", "No polling", "calls-polling"), this.#pause, clear);
  }

  #switch(name, words, testId) {
    const node = make("button", { type: "button", class: "pill", "aria-pressed": String(Boolean(this.#kept[name])), "data-testid": testId }, words);
    node.addEventListener("click", () => {
      this.#keep({ [name]: !this.#kept[name] });
      node.setAttribute("aria-pressed", String(this.#kept[name]));
    });
    return node;
  }

  #keep(change) {
    this.#kept.keep(change);
    this.#list.filter();
  }

  #togglePause() {
    this.#kept.keep({ paused: !this.#kept.paused });
    this.#pause.setAttribute("aria-pressed", String(this.#kept.paused));
    if (!this.#kept.paused) return this.refresh();
  }

  #passes({ method, status }) {
    const { method: wanted = "", errorsOnly, hidePolling } = this.#kept;
    if (errorsOnly && stateOf(status) === "fine") return false;
    if (hidePolling && method.toLowerCase() === POLLING) return false;
    return method.toLowerCase().includes(wanted.toLowerCase());
  }
}

function stateOf(status) {
  if (status === 0) return "dropped";
  if (status < 400) return "fine";
  return status < 500 ? "refused" : "failed";
}

function drawCall({ at, method, params, status, response }) {
  const state = stateOf(status);
  const told = state === "fine" ? "" : (response?.description ?? (typeof response === "string" ? response.slice(0, 120) : ""));
  const chat = params.chat_id ?? "";
  return {
    state,
    summary: [
      momentNode(at),
      make("b", {}, method),
      make("span", { class: "chat-id" }, String(chat)),
      make("span", { class: "status" }, status ? String(status) : "dropped"),
      told ? make("small", { class: "told" }, told) : null,
    ],
    body: () => [jsonBlock("Parameters", params), jsonBlock("Answer", response ?? "No answer.")],
  };
}
