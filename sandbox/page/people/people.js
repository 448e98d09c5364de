/** The list of people by role: who they are, what was said last, what they have not read. */
import { addressOf } from "../address.js";
import { chatList } from "./chats.js";
import { credentials } from "./credentials.js";
import { byId, icon, keepingFocus, make } from "../dom.js";
import { dressFace } from "./faces.js";
import { lastWords } from "./previews.js";
import { capitalised, counted, fullName, shortTimeOf } from "../words.js";

export class PeopleList {
  #list = byId("people");
  #drawn = new Map();
  #directory;
  #now;
  #looked = {};
  #inSight = null;
  #deeds;

  /** `deeds`: newGroup and newTopic, offered beneath the chats of whoever is shown. */
  constructor({ now, directory, deeds }) {
    this.#now = now;
    this.#directory = directory;
    this.#deeds = deeds;
  }

  draw(looked = this.#looked) {
    this.#looked = looked;
    const drawn = new Map();
    for (const { key, signature, draw } of this.#wanted()) {
      const before = this.#drawn.get(key);
      drawn.set(key, before?.signature === signature ? before : { node: draw(), signature });
    }
    const unchanged = [...drawn].every(([key, { node }]) => this.#drawn.get(key)?.node === node) && drawn.size === this.#drawn.size;
    this.#drawn = drawn;
    if (!unchanged || !drawn.size) this.#put([...drawn.values()].map(({ node }) => node));
  }

  #wanted() {
    const { people } = this.#directory;
    const byRole = Map.groupBy(people, (person) => person.role ?? "");
    const roles = [...byRole.keys()].sort((one, other) => (one === "") - (other === ""));
    return roles.flatMap((role) => [
      ...(roles.length > 1 || role ? [{ key: `role ${role}`, signature: role, draw: () => heading(role) }] : []),
      ...byRole.get(role).map((person) => this.#entry(person)),
    ]);
  }

  #entry(person) {
    const isShown = person.id === this.#looked.place?.person;
    const chats = this.#directory.chatsOf(person.id);
    const inside = isShown && (chats.length > 1 || chats.some(({ forum }) => forum)) ? chats : null;
    const facts = [person, this.#directory.newestOf(person.id), this.#directory.unreadOf(person.id), isShown];
    const signature = JSON.stringify([...facts, this.#directory.isBlockedBy(person.id), inside, inside && this.#looked.place, this.#now().toDateString()]);
    return { key: person.id, signature, draw: () => this.#drawEntry(person, isShown, inside) };
  }

  #drawEntry(person, isShown, inside) {
    const { place, chat } = this.#looked;
    const nested = inside ? chatList({ person, chats: inside, place, opened: chat, now: this.#now(), deeds: this.#deeds }) : null;
    return make("li", { class: inside ? "whose opened" : "whose" }, this.#card(person, isShown && !place.chat && !place.bot ? "page" : isShown), nested);
  }

  #put(rows) {
    if (!rows.length) rows.push(make("li", { class: "none" }, "Nobody is here yet. Add a person to begin."));
    keepingFocus(this.#list, () => this.#list.replaceChildren(...rows));
    this.#bringIntoSight();
  }

  /** Once for each new place: whoever scrolls away from it is left alone. */
  #bringIntoSight() {
    const spot = location.hash;
    const current = [...this.#list.querySelectorAll("[aria-current]")];
    if (!current.length || spot === this.#inSight) return;
    this.#inSight = spot;
    for (const node of [current[0].closest(".whose"), current.at(-1)]) node.scrollIntoView({ block: "nearest" });
  }

  #card(person, current) {
    const face = make("span", { class: "face", "aria-hidden": "true" });
    dressFace(face, person);
    const newest = this.#directory.newestOf(person.id);
    const unread = this.#directory.unreadOf(person.id);
    const blocked = this.#directory.isBlockedBy(person.id);
    const preview = make("span", { class: "preview", dir: "auto" }, blocked ? "Blocked the bot" : lastWords(newest, person.id));
    const badge = make("span", { class: "unread", "data-testid": `unread-${person.id}`, hidden: !unread }, String(unread));
    const when = newest ? make("time", {}, shortTimeOf(new Date(newest.date * 1000), this.#now())) : null;
    const link = make(
      "a",
      { href: addressOf({ person: person.id }), "data-testid": `person-${person.id}`, "aria-current": current && String(current) },
      make("span", { class: "line" }, make("strong", { dir: "auto" }, fullName(person)), when),
      make("span", { class: "line" }, preview, ...arrivals(person), badge, unread ? make("span", { class: "unseen" }, "unread") : null),
    );
    const note = person.note ? make("div", { class: "note" }, ...credentials(person.note)) : null;
    return make("div", { class: blocked ? "card stopped" : "card" }, face, link, note);
  }
}

const heading = (role) => make("li", { class: "role" }, make("h2", {}, role ? capitalised(role) : "Others"));

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
