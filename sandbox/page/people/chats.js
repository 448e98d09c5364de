/** The chats of one person: one with each bot, then the groups; under the opened forum its topics. */
import { addressOf } from "../address.js";
import { icon, make } from "../dom.js";
import { dressFace } from "./faces.js";
import { listRow } from "./list_rows.js";
import { isPrivate, placeOf } from "../places.js";
import { lastWords } from "./previews.js";
import { topicList } from "./topics.js";

export function chatList({ person, chats, place, opened, now, deeds }) {
  const rows = chats.map((chat) => {
    const isOpened = chat.chat === opened?.chat && chat.bot === opened?.bot;
    const topics = isOpened && chat.forum ? topicList({ person, chat, place, now, newTopic: deeds.newTopic }) : null;
    return make("li", { class: isOpened ? "chat-entry opened" : "chat-entry" }, chatRow({ person, chat, isOpened, now }), topics);
  });
  const found = make("button", { type: "button", class: "quiet", "data-testid": "new-group", onclick: deeds.newGroup }, icon("add"), "New group");
  return make("ul", { class: "chats", "aria-label": "Chats" }, ...rows, make("li", { class: "more-chats" }, found));
}

function chatRow({ person, chat, isOpened, now }) {
  const face = make("span", { class: "face", "aria-hidden": "true" });
  dressFace(face, { id: chat.bot ?? chat.chat, first_name: chat.title });
  const kind = isPrivate(chat) ? "bot" : chat.forum ? "forum" : "group";
  const words = chat.blocked ? "Blocked" : lastWords(chat.last, person.id, !isPrivate(chat));
  return listRow({
    face,
    title: [icon(kind), make("strong", { dir: "auto" }, chat.title)],
    words,
    newest: chat.last,
    unread: chat.unread,
    now,
    link: { href: addressOf(placeOf(person.id, chat)), "data-testid": `chat-${chat.bot ?? chat.chat}`, "aria-current": isOpened && "true" },
  });
}
