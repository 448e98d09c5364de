/** The sandbox's clock, and the buttons that move it. */
import * as api from "./api.js";
import { byId } from "./dom.js";
import { notify } from "./notices.js";
import { momentOf, offsetWords, weekdayOf } from "./words.js";

const TICK_MS = 1000;

export class Clock {
  #ahead = 0;
  #onMove;
  #steps = [...document.querySelectorAll(".steps button")];

  constructor({ onMove }) {
    this.#onMove = onMove;
    for (const button of this.#steps) button.addEventListener("click", () => this.#move(button));
    setInterval(() => this.#draw(), TICK_MS);
  }

  now = () => new Date(Date.now() + this.#ahead);

  async refresh() {
    this.#take(await api.clock());
  }

  async #move(button) {
    button.setAttribute("aria-busy", "true");
    for (const step of this.#steps) step.disabled = true;
    try {
      this.#take(await api.moveClock(this.#step(button.dataset)));
    } catch (refusal) {
      notify(refusal.message);
    } finally {
      button.removeAttribute("aria-busy");
      for (const step of this.#steps) step.disabled = false;
    }
  }

  #step({ advance, until }) {
    if (advance) return { advance: Number(advance) };
    if (!until) return { offset: 0 };
    const [hours, minutes] = until.split(":").map(Number);
    const next = this.now();
    next.setHours(hours, minutes, 0, 0);
    if (next <= this.now()) next.setDate(next.getDate() + 1);
    return { set: next.toISOString() };
  }

  /** Only the sandbox knows the moment: this machine's own clock may be another one. */
  #take({ now, offset }) {
    this.#ahead = Date.parse(now) - Date.now();
    byId("offset").textContent = offsetWords(offset);
    byId("offset").classList.toggle("moved", Math.abs(offset) >= 30);
    this.#draw();
    this.#onMove();
  }

  #draw() {
    const now = this.now();
    byId("now").dateTime = now.toISOString();
    byId("weekday").textContent = `${weekdayOf(now)} `;
    byId("moment").textContent = momentOf(now);
  }
}
