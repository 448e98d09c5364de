/** The developer's drawer: what goes on between the bots and the sandbox, and what should go wrong. */
import { Refused } from "../api.js";
import { BotsPanel } from "./bots.js";
import { CallsPanel } from "./calls.js";
import { FaultsPanel } from "./faults.js";
import { FloodPanel } from "./flood.js";
import { UpdatesPanel } from "./updates.js";
import { byId, icon, make } from "../dom.js";

const TABS = { calls: "Calls", updates: "Updates", faults: "Faults", flood: "Flood", bots: "Bots" };
const REMEMBERED = "drawer";
const USUAL = { open: false, tab: "calls", hidePolling: true };

/** Fetches only while it is open; `changed` is told of each of the sandbox's events. */
export function offerDrawer() {
  const drawer = new Drawer(remembered());
  return { changed: (event) => drawer.changed(event) };
}

function remembered() {
  let state = USUAL;
  try {
    state = { ...USUAL, ...JSON.parse(localStorage.getItem(REMEMBERED)) };
  } catch {
    localStorage.removeItem(REMEMBERED);
  }
  return {
    ...state,
    keep(change) {
      Object.assign(this, change);
      localStorage.setItem(REMEMBERED, JSON.stringify(this));
    },
  };
}

class Drawer {
  #state;
  #node = byId("drawer");
  #toggle = byId("drawer-toggle");
  #panels = null;
  #tabs = new Map();

  constructor(state) {
    this.#state = state;
    this.#toggle.addEventListener("click", () => this.#open(this.#node.hidden));
    this.#node.addEventListener("keydown", (event) => event.key === "Escape" && this.#close());
    this.#open(state.open);
  }

  changed(event) {
    if (!this.#node.hidden) quietly(this.#panels[this.#state.tab].changed(event));
  }

  #open(yes) {
    if (yes && !this.#panels) this.#furnish();
    this.#node.hidden = !yes;
    this.#toggle.setAttribute("aria-expanded", String(yes));
    this.#state.keep({ open: yes });
    if (yes) this.#show(this.#state.tab);
  }

  #close() {
    this.#open(false);
    this.#toggle.focus();
  }

  #furnish() {
    this.#panels = { calls: new CallsPanel(this.#state), updates: new UpdatesPanel(), faults: new FaultsPanel(), flood: new FloodPanel(), bots: new BotsPanel() };
    const close = make("button", { type: "button", class: "round small", "aria-label": "Close the drawer", title: "Close the drawer", "data-testid": "drawer-close", onclick: () => this.#close() }, icon("close"));
    const tabs = make("div", { class: "tabs", role: "tablist", "aria-label": "Developer’s drawer" });
    for (const [name, words] of Object.entries(TABS)) {
      const tab = make("button", { type: "button", role: "tab", id: `drawer-tab-${name}`, "data-testid": `drawer-${name}`, "aria-controls": `drawer-${name}`, onclick: () => this.#show(name) }, words);
      this.#tabs.set(name, tab);
      const panel = this.#panels[name].node;
      panel.id = `drawer-${name}`;
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
    }
    tabs.append(...this.#tabs.values());
    tabs.addEventListener("keydown", (event) => this.#walk(event));
    this.#node.append(make("header", { class: "bar" }, tabs, close), ...Object.values(this.#panels).map(({ node }) => node));
  }

  /** Arrows walk the tabs, Home and End leap to their ends. */
  #walk(event) {
    const names = Object.keys(TABS);
    const at = names.indexOf(this.#state.tab);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: names.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const name = names.at(to % names.length);
    this.#show(name);
    this.#tabs.get(name).focus();
  }

  #show(name) {
    const shown = this.#panels[name] ? name : USUAL.tab;
    this.#state.keep({ tab: shown });
    for (const [other, tab] of this.#tabs) {
      tab.setAttribute("aria-selected", String(other === shown));
      tab.tabIndex = other === shown ? 0 : -1;
      this.#panels[other].node.hidden = other !== shown;
    }
    quietly(this.#panels[shown].refresh());
  }
}

/** What a refusal or a lost connection left unread comes with the next event. */
async function quietly(refreshed) {
  try {
    await refreshed;
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
  }
}
