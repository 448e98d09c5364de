/** The list of people: who they are, what was said last, what they have not read. */
import { addressOf } from "./address.js";
import * as api from "./api.js";
import { credentials } from "./credentials.js";
import { byId, icon, make } from "./dom.js";
import { counted, fullName, initials, previewOf, shortTimeOf } from "./words.js";

const HUES = 12;

export function dressFace(face, person) {
  face.textContent = initials(person);
  face.style.setProperty("--hue", ((person.id * 7) % HUES) * (360 / HUES));
}

export class PeopleList {
  #list = byId("people");
  #people = [];
  #drawn = new Map();
  #newest = new Map();
  #now;

  constructor({ now }) {
    this.#now = now;
  }

  get unread() {
    return this.#people.reduce((sum, person) => sum + person.unread, 0);
  }

  find(id) {
    return this.#people.find((person) => person.id === id) ?? null;
  }

  async refresh() {
    this.#people = (await api.people()).people;
  }

  /** The list itself does not carry the messages: one look into each chat does. */
  async lookIntoChats() {
    for (const person of this.#people) await this.lookIntoChat(person.id);
  }

  async lookIntoChat(id) {
    const { messages } = await api.chat(id).catch(() => ({ messages: [] }));
    this.remember(id, messages);
  }

  remember(id, messages) {
    this.#newest.set(id, messages.at(-1) ?? null);
    this.draw();
  }

  draw(shownId = this.shownId) {
    this.shownId = shownId;
    const drawn = new Map();
    for (const person of this.#people) {
      const facts = [person, this.#newest.get(person.id) ?? null, person.id === shownId, this.#now().toDateString()];
      const signature = JSON.stringify(facts);
      const before = this.#drawn.get(person.id);
      drawn.set(person.id, before?.signature === signature ? before : { node: this.#card(...facts), signature });
    }
    const unchanged = [...drawn].every(([id, { node }]) => this.#drawn.get(id)?.node === node) && drawn.size === this.#drawn.size;
    this.#drawn = drawn;
    if (!unchanged || !drawn.size) this.#put([...drawn.values()].map(({ node }) => node));
  }

  #put(cards) {
    const focused = document.activeElement?.closest?.("#people [data-testid]")?.dataset.testid;
    if (!cards.length) cards.push(make("li", { class: "none" }, "Nobody is here yet. Add a person to begin."));
    this.#list.replaceChildren(...cards);
    if (focused) this.#list.querySelector(`[data-testid="${focused}"]`)?.focus();
  }

  #card(person, newest, isShown) {
    const face = make("span", { class: "face", "aria-hidden": "true" });
    dressFace(face, person);
    const preview = make("span", { class: "preview", dir: "auto" }, this.#previewWords(person, newest));
    const unread = make("span", { class: "unread", "data-testid": `unread-${person.id}`, hidden: !person.unread }, String(person.unread));
    const when = newest ? make("time", {}, shortTimeOf(new Date(newest.date * 1000), this.#now())) : null;
    const link = make(
      "a",
      { href: addressOf(person.id), "data-testid": `person-${person.id}`, "aria-current": isShown && "page" },
      make("span", { class: "line" }, make("strong", { dir: "auto" }, fullName(person)), when),
      make("span", { class: "line" }, preview, ...arrivals(person), unread, person.unread ? make("span", { class: "unseen" }, "unread") : null),
    );
    const note = person.note ? make("div", { class: "note" }, ...credentials(person.note)) : null;
    return make("li", { class: person.blocked ? "card stopped" : "card" }, face, link, note);
  }

  #previewWords(person, newest) {
    if (person.blocked) return "Blocked the bot";
    if (!newest) return "No messages yet";
    return `${newest.from === "person" ? "You: " : ""}${previewOf(newest)}`;
  }
}

/** Small signs that mail or SMS wait, with their counts. */
function arrivals({ id, unread_mails, unread_sms }) {
  const sign = (name, count, words) => {
    const told = { role: "img", "aria-label": words, title: words, "data-testid": `unread-${name}-${id}` };
    return count ? make("span", { class: "arrivals", ...told }, icon(name), String(count)) : null;
  };
  return [
    sign("mail", unread_mails, counted(unread_mails, "unread mail", "unread mails")),
    sign("sms", unread_sms, counted(unread_sms, "unread SMS", "unread SMS")),
  ];
}
