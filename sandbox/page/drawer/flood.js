/** The flood limits: on or off, their rates, and how many calls they refused. */
import { Refused } from "../api.js";
import { flood, setFlood } from "./api.js";
import { pause } from "./list.js";
import { make } from "../dom.js";
import { notify } from "../notices.js";
import { oneAtATime } from "../turns.js";

const RATES = {
  per_second: "Messages a second, in all",
  per_chat_second: "A second, to one person",
  burst: "At once, to one person",
  per_group_minute: "A minute, to one group",
};

export class FloodPanel {
  #switches = { on: switchFor("on", "Flood limits"), strict: switchFor("strict", "Strict: in any second and any minute") };
  #refused = make("b", { "data-testid": "flood-refused" });
  #fields = Object.entries(RATES).map(([name, words]) => {
    const field = make("input", { name, type: "number", min: "0.01", step: "any", inputmode: "decimal", "data-testid": `flood-${name}` });
    field.addEventListener("change", () => field.checkValidity() && field.value && this.#set({ [name]: Number(field.value) }));
    return make("label", {}, words, field);
  });

  constructor() {
    for (const [name, node] of Object.entries(this.#switches)) {
      const field = node.querySelector("input");
      field.addEventListener("change", () => this.#set({ [name]: field.checked }));
    }
    const counter = make("p", { class: "counter" }, this.#refused, " calls refused");
    this.node = make("div", { class: "drawer-panel scrolls" }, this.#switches.on, counter, make("form", { class: "form planner", onsubmit: (event) => event.preventDefault() }, ...this.#fields), this.#switches.strict);
  }

  refresh = oneAtATime(async () => {
    this.#show(await flood());
    await pause();
  });

  changed({ kind }) {
    if (kind === "flood" || kind === "calls") return this.refresh();
  }

  async #set(change) {
    try {
      this.#show(await setFlood(change));
    } catch (refusal) {
      if (!(refusal instanceof Refused)) throw refusal;
      notify(refusal.message);
    }
  }

  #show(state) {
    for (const [name, node] of Object.entries(this.#switches)) node.querySelector("input").checked = Boolean(state[name]);
    this.#refused.textContent = String(state.refused);
    for (const label of this.#fields) {
      const field = label.querySelector("input");
      if (field !== document.activeElement) field.value = state[field.name];
    }
  }
}

function switchFor(name, words) {
  return make("label", { class: "switch" }, make("span", {}, words), make("input", { type: "checkbox", role: "switch", "data-testid": `flood-${name}` }));
}
