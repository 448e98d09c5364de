/** What a message is about: the one it answers, the one it was forwarded from. */
import { fileAddress } from "../api.js";
import { icon, make } from "../dom.js";
import { isMadeUp } from "./pictures.js";
import { fullName, previewOf } from "../words.js";

/** `goTo` brings the answered message into sight. */
export function quote(answered, { goTo, nameOf }) {
  const author = make("strong", { dir: "auto" }, nameOf(answered));
  const words = make("span", { class: "quoted" }, author, make("span", { dir: "auto" }, previewOf(answered)));
  const attributes = { type: "button", class: "quote", "data-testid": "quote", onclick: () => goTo(answered.message_id) };
  return make("button", attributes, thumbnail(answered), words);
}

function thumbnail({ kind, content }) {
  const smallest = kind === "photo" ? content.photo?.[0] : content?.[kind]?.thumbnail;
  if (!smallest || isMadeUp(smallest) || content.has_media_spoiler) return null;
  return make("img", { src: fileAddress(smallest.file_id), alt: "", width: "36", height: "36", loading: "lazy" });
}

export function forwarded(origin) {
  const name = make("strong", { dir: "auto" }, originName(origin));
  return make("p", { class: "forwarded", "data-testid": "forwarded" }, icon("forward"), make("span", {}, "Forwarded from ", name));
}

/** Whoever hides their account left a name; a chat and a channel have a title. */
function originName({ sender_user, sender_user_name, sender_chat, chat }) {
  if (sender_user) return fullName(sender_user);
  return sender_user_name ?? (sender_chat ?? chat)?.title ?? "somebody";
}
