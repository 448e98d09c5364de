/** Chat, mail and SMS: tabs over the chat where it is narrow, tabs of the third column where it is wide. */
import { make } from "../dom.js";

/** As in style.css: what counts is the room that the drawer leaves. */
const WIDE_PX = 1100;

export class Tabs {
  #lists = [...document.querySelectorAll("[role=tablist]")];
  #shown;
  #isWide = document.getElementById("frame").clientWidth >= WIDE_PX;

  constructor({ shown }) {
    this.#shown = shown;
    for (const list of this.#lists) {
      list.addEventListener("click", (event) => this.#choose(event.target.closest("[role=tab]")));
      list.addEventListener("keydown", (event) => this.#walk(list, event));
    }
    new ResizeObserver(([{ contentRect }]) => this.#fit(contentRect.width)).observe(document.getElementById("frame"));
    this.#draw();
  }

  /** What the narrow page shows: chat, mail or sms. The wide one always has the chat beside. */
  get view() {
    return document.body.dataset.view;
  }

  seen(name) {
    return this.#isWide ? name === "chat" || name === document.body.dataset.post : name === this.view;
  }

  #fit(width) {
    const wasWide = this.#isWide;
    this.#isWide = width >= WIDE_PX;
    if (wasWide !== this.#isWide) this.#shown();
  }

  show(name) {
    document.body.dataset.view = name;
    if (name !== "chat") document.body.dataset.post = name;
    this.#draw();
    this.#shown();
  }

  /** The chosen tab of the list that is on the screen. */
  focus() {
    const chosen = this.#lists.map((list) => list.querySelector("[aria-selected=true]"));
    chosen.find((tab) => tab.checkVisibility())?.focus();
  }

  #draw() {
    const { view, post } = document.body.dataset;
    for (const list of this.#lists) {
      const chosen = list.classList.contains("wide") ? post : view;
      for (const tab of tabsOf(list)) {
        tab.setAttribute("aria-selected", String(tab.dataset.tab === chosen));
        tab.tabIndex = tab.dataset.tab === chosen ? 0 : -1;
      }
    }
    for (const panel of ["mail", "sms"]) document.getElementById(`${panel}-panel`).hidden = panel !== post;
  }

  /** `others` came for nobody: worth a look, and counted apart. */
  count(name, unread, others = 0) {
    for (const badge of document.querySelectorAll(`[data-tab="${name}"] .unread`)) {
      badge.hidden = !unread && !others;
      badge.classList.toggle("others", !unread);
      const words = unread ? " unread" : " for nobody";
      badge.replaceChildren(String(unread || others), make("span", { class: "unseen" }, words));
    }
  }

  #choose(tab) {
    if (tab) this.show(tab.dataset.tab);
  }

  #walk(list, event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const tabs = tabsOf(list);
    const next = tabs[(tabs.indexOf(document.activeElement) + step + tabs.length) % tabs.length];
    this.#choose(next);
    next.focus();
  }
}

const tabsOf = (list) => [...list.querySelectorAll("[role=tab]")];
