/** One line of a list inside the list of people: a chat, or a topic. */
import { make } from "../dom.js";
import { shortTimeOf } from "../words.js";

export function listRow({ face, title, words, newest, unread, now, link }) {
  const when = newest ? make("time", {}, shortTimeOf(new Date(newest.date * 1000), now)) : null;
  const badge = unread ? make("span", { class: "unread" }, String(unread), make("span", { class: "unseen" }, " unread")) : null;
  return make(
    "a",
    { class: "chat-row", ...link },
    face,
    make("span", { class: "line" }, ...title, when),
    make("span", { class: "line" }, make("span", { class: "preview", dir: "auto" }, words), badge),
  );
}
