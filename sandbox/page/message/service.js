/** What happened to a group, as a small line in plain words. */
import { make, pressable } from "../dom.js";
import { fullName, previewOf } from "../words.js";

const WORDS = {
  supergroup_chat_created: () => "created the group",
  group_chat_created: () => "created the group",
  forum_topic_created: ({ forum_topic_created: { name } }) => `opened the topic ${name}`,
  forum_topic_edited: ({ forum_topic_edited: { name } }) => (name ? `renamed the topic to ${name}` : "changed the topic’s icon"),
  forum_topic_closed: () => "closed the topic",
  forum_topic_reopened: () => "reopened the topic",
  general_forum_topic_hidden: () => "hid the topic General",
  general_forum_topic_unhidden: () => "brought the topic General back",
  pinned_message: ({ pinned_message }) => `pinned ${quoted(pinned_message)}`,
  new_chat_title: ({ new_chat_title }) => `named the group ${new_chat_title}`,
  new_chat_photo: () => "changed the group’s photo",
  delete_chat_photo: () => "took the group’s photo away",
};

/** Without a subject: `opened the topic Cardiology`, `added Boris`. */
function happening({ kind, content, sender }) {
  const { new_chat_members: came, left_chat_member: gone } = content;
  if (came) return came.every(({ id }) => id === sender.id) ? "joined" : `added ${came.map(fullName).join(", ")}`;
  if (gone) return gone.id === sender.id ? "left" : `removed ${fullName(gone)}`;
  return WORDS[kind]?.(content) ?? kind.replaceAll("_", " ");
}

function quoted(message) {
  const words = message?.text || message?.caption || "";
  return words ? `“${previewOf({ text: words }).slice(0, 40)}${words.length > 40 ? "…" : ""}”` : "a message";
}

/** `name` is how the reader calls whoever did it. */
export const serviceWords = (message, name) => `${name} ${happening(message)}`;

export function drawService(node, message, { nameOf, goTo }) {
  const words = make("span", { "data-testid": "service", dir: "auto" }, serviceWords(message, nameOf(message)));
  const pinned = message.content.pinned_message?.message_id;
  if (pinned) pressable(words, () => goTo(pinned));
  node.className = "message service";
  node.removeAttribute("aria-label");
  node.replaceChildren(words);
}
