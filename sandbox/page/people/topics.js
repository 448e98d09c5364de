/** The topics of a forum, as a list: colour, name, lock, what is new. */
import { addressOf } from "../address.js";
import { icon, make } from "../dom.js";
import { listRow } from "./list_rows.js";
import { GENERAL, placeOf, threadOfMessages, unreadIn } from "../places.js";
import { lastWords } from "./previews.js";

export function topicList({ person, chat, place, now, newTopic }) {
  const newestOf = ({ thread }) => chat.last_in[threadOfMessages(thread)] ?? null;
  const byNewest = (one, other) => (newestOf(other)?.date ?? 0) - (newestOf(one)?.date ?? 0) || other.thread - one.thread;
  const rows = chat.topics
    .filter(({ hidden }) => !hidden || chat.may_manage_topics)
    .toSorted((one, other) => (other.thread === GENERAL) - (one.thread === GENERAL) || byNewest(one, other))
    .map((topic) => make("li", {}, topicRow({ person, chat, topic, newest: newestOf(topic), place, now })));
  const open = make("button", { type: "button", class: "quiet", "data-testid": "new-topic", onclick: newTopic }, icon("add"), "New topic");
  return make("ul", { class: "topics", "aria-label": `Topics of ${chat.title}` }, ...rows, chat.may_manage_topics ? make("li", {}, open) : null);
}

function topicRow({ person, chat, topic, newest, place, now }) {
  const locked = topic.closed ? sign("lock", "Closed") : null;
  const hidden = topic.hidden ? sign("hidden", "Hidden") : null;
  return listRow({
    face: topicFace(topic),
    title: [make("strong", { dir: "auto" }, topic.name), locked, hidden],
    words: lastWords(newest, person.id, true),
    newest,
    unread: unreadIn(chat, topic.thread),
    now,
    link: {
      href: addressOf({ ...placeOf(person.id, chat), thread: topic.thread }),
      "data-testid": `topic-${topic.thread}`,
      "aria-current": place.thread === topic.thread && "page",
    },
  });
}

const sign = (name, words) => make("span", { class: "sign", role: "img", "aria-label": words, title: words }, icon(name));

/** Telegram's coloured drop with the first letter; the general topic has its own sign. */
export function topicFace(topic) {
  const face = make("span", { class: "topic-face", "aria-hidden": "true" });
  dressTopicFace(face, topic);
  return face;
}

export function dressTopicFace(face, { thread, name, icon_color }) {
  face.replaceChildren(thread === GENERAL ? icon("hash") : [...name][0].toUpperCase());
  face.style.setProperty("--topic", `#${icon_color.toString(16).padStart(6, "0")}`);
}
