/** Messages in the order in which they are shown: under their days, an album as one. */
import { dayOf } from "../words.js";

/** `{ key, message, answered }` for each message, `{ key, day }` between two days. An album is its first message, with all of them as `parts`. */
export function ordered(messages, now) {
  const byMessageId = new Map(messages.map((message) => [message.message_id, message]));
  const wanted = [];
  const days = [];
  for (const message of joined(messages)) {
    const sent = new Date(message.date * 1000);
    if (sent.toDateString() !== days.at(-1)) {
      days.push(sent.toDateString());
      wanted.push({ key: `${days.length} ${days.at(-1)}`, day: dayOf(sent, now) });
    }
    wanted.push({ key: message.message_id, message, answered: byMessageId.get(message.reply_to) ?? null });
  }
  return wanted;
}

function joined(messages) {
  const together = [];
  for (const message of messages) {
    const album = together.at(-1);
    if (message.album && album?.album === message.album) album.parts.push(message);
    else together.push(message.album ? { ...message, parts: [message] } : message);
  }
  return together;
}

/** Under which key each message is shown. */
export function keyed(wanted) {
  const keys = new Map();
  for (const { key, message } of wanted) for (const { message_id } of message ? (message.parts ?? [message]) : []) keys.set(message_id, key);
  return keys;
}
