/** Who is here and which chats they have, as the sandbox said it last. */
import * as api from "../api.js";

export class Directory {
  people = [];
  #chats = {};

  find(id) {
    return this.people.find((person) => person.id === id) ?? null;
  }

  chatsOf(person) {
    return this.#chats[person] ?? [];
  }

  unreadOf(person) {
    return this.chatsOf(person).reduce((sum, chat) => sum + chat.unread, 0);
  }

  get unread() {
    return this.people.reduce((sum, { id }) => sum + this.unreadOf(id), 0);
  }

  /** The newest of all their chats. */
  newestOf(person) {
    const newest = this.chatsOf(person).map(({ last }) => last).filter(Boolean);
    return newest.reduce((found, message) => (message.date >= (found?.date ?? 0) ? message : found), null);
  }

  /** Nothing but blocked chats: nobody can write to them. */
  isBlockedBy(person) {
    const chats = this.chatsOf(person);
    return chats.length > 0 && chats.every(({ blocked }) => blocked);
  }

  async refreshChats() {
    this.#chats = (await api.everybodysChats()).people;
  }

  async refresh() {
    const [{ people }] = await Promise.all([api.people(), this.refreshChats()]);
    this.people = people;
  }
}
