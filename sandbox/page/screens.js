/** Which of the page's screens is shown: a phone has room for one, everything else for the list and the chat. */
import { addressOf } from "./address.js";
import { byId } from "./dom.js";
import { fullName } from "./words.js";

const CHOOSE = { chat: "Choose a chat", topic: "Choose a topic" };
const LISTS = { chat: "chats", topic: "topics" };

export class Screens {
  show(person, { chat, choose }, several) {
    const screen = person ? (choose ? LISTS[choose] : "chat") : "people";
    document.body.dataset.screen = screen;
    document.body.classList.toggle("seated", Boolean(person));
    byId("nobody").hidden = Boolean(person);
    byId("open").hidden = !person;
    byId("talk").classList.toggle("to-choose", Boolean(choose));
    byId("choose").hidden = !choose;
    byId("choose-words").textContent = CHOOSE[choose] ?? "";
    byId("listed").textContent = screen === "topics" ? "Topics" : "Chats";
    byId("list-title").textContent = screen === "topics" ? chat.title : screen === "chats" ? fullName(person) : "";
    byId("list-back").href = screen === "topics" && several ? addressOf({ person: person.id }) : addressOf({});
    byId("list-info").hidden = screen !== "topics";
  }
}
