/** Text and its entities as elements. Offsets are UTF-16 code units, as JavaScript's own. */
import { make, pressable } from "../dom.js";
import { destination } from "./links.js";
import { copy } from "../notices.js";
import { openStart } from "../chat/starts.js";
import { openInvoice } from "./payment.js";
import { foldable, pre, spoiler } from "./passages.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  blockquote: "blockquote",
};

/** These end their line by themselves, so that the newline after them would be one too many. */
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

/** `cover` hides the spoilers until it is taken off; `say` is what a command does. */
export function textWithEntities(text, entities, deeds) {
  const ordered = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  pour(fragment, { text, from: 0, to: text.length, entities: ordered, deeds });
  return fragment;
}

/** Entities that begin inside another one are poured into it; none of them reaches past it. */
function pour(into, { text, from, to, entities, deeds }) {
  let at = from;
  for (let index = 0; index < entities.length; ) {
    const entity = entities[index++];
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (start >= end) continue;
    const inner = [];
    while (index < entities.length && entities[index].offset < end) inner.push(entities[index++]);
    if (start > at) into.append(text.slice(at, start));
    const { outside, inside } = wrapping(entity, text.slice(start, end), deeds);
    pour(inside, { text, from: start, to: end, entities: inner, deeds });
    into.append(outside);
    at = BLOCKS.has(entity.type) && text[end] === "\n" ? Math.min(end + 1, to) : end;
  }
  if (at < to) into.append(text.slice(at, to));
}

function wrapping(entity, words, deeds) {
  if (TAGS[entity.type]) return alone(make(TAGS[entity.type]));
  switch (entity.type) {
    case "spoiler":
      return spoiler(deeds.cover);
    case "expandable_blockquote":
      return foldable(words);
    case "code":
      return alone(pressable(make("code", { title: "Copy" }), () => copy(words)));
    case "pre":
      return pre(entity.language, words);
    case "bot_command":
      return alone(pressable(make("span", { class: "link" }), () => deeds.say(words)));
    case "text_link":
      return link(entity.url);
    case "url":
      return link(words);
    case "mention":
      return link(`https://t.me/${words.slice(1)}`);
    case "email":
      return link(`mailto:${words}`);
    case "phone_number":
      return link(`tel:${words.replace(/[^+\d]/g, "")}`);
    case "text_mention":
      return alone(make("span", { class: "tag", title: `ID ${entity.user?.id ?? "unknown"}` }));
    case "hashtag":
    case "cashtag":
      return alone(make("span", { class: "tag" }));
    default:
      return alone(make("span"));
  }
}

const alone = (node) => ({ outside: node, inside: node });

function link(written) {
  const goal = destination(written);
  if (!goal) return alone(make("span"));
  if (goal.invoice) return alone(pressable(make("span", { class: "link" }), () => openInvoice(goal.invoice)));
  if (goal.start) return alone(pressable(make("span", { class: "link" }), () => openStart(goal.start)));
  return alone(make("a", { href: goal.href, target: "_blank", rel: "noopener noreferrer", title: goal.href }));
}
