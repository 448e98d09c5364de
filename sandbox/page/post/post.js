/** Mail and SMS beside the chat: which of them is seen, and whose. */
import { byId } from "../dom.js";
import { Mailbox } from "./mailbox.js";
import { SmsInbox } from "./sms_inbox.js";
import { Tabs } from "./tabs.js";

export class Post {
  #tabs;
  #mailbox;
  #inbox;

  /** `chatSeen` is told when the chat comes back before the person's eyes. */
  constructor({ now, whoIs, chatSeen }) {
    this.#mailbox = new Mailbox({ now, whoIs, counted: (...unread) => this.#tabs.count("mail", ...unread) });
    this.#inbox = new SmsInbox({ now, whoIs, counted: (...unread) => this.#tabs.count("sms", ...unread) });
    this.#tabs = new Tabs({
      shown: () => {
        this.markRead();
        chatSeen();
      },
    });
    byId("post").addEventListener("keydown", (event) => event.key === "Escape" && this.#leave());
  }

  get chatIsSeen() {
    return this.#tabs.seen("chat");
  }

  /** Where one of them covers the chat, the chat comes back. */
  uncover() {
    if (!this.#tabs.seen("chat")) this.#tabs.show("chat");
  }

  async open(person) {
    byId("post").hidden = !person;
    this.#tabs.show("chat");
    await Promise.all([this.#mailbox.open(person), this.#inbox.open(person)]);
    this.markRead();
  }

  async refresh(kind) {
    if (kind !== "sms") await this.#mailbox.refresh();
    if (kind !== "mail") await this.#inbox.refresh();
    this.markRead();
  }

  redraw() {
    this.#mailbox.redraw();
    this.#inbox.redraw();
  }

  countChat(unread) {
    this.#tabs.count("chat", unread);
  }

  /** What cannot be marked now is marked when it is looked at again. */
  markRead() {
    const seen = this.#tabs?.seen("sms") && document.visibilityState === "visible" && !byId("post").hidden;
    if (seen) this.#inbox.markRead().catch(() => {});
  }

  /** Out of the open mail first, then back to the chat where that is hidden. */
  #leave() {
    if (this.#mailbox.close() || this.#tabs.seen("chat")) return;
    this.#tabs.show("chat");
    this.#tabs.focus();
  }
}
