/** Text and its entities as elements. Offsets are UTF-16 code units, as JavaScript's own. */
import { make, pressable } from "./dom.js";
import { destination } from "./links.js";
import { copy } from "./notices.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};

/** These end their line by themselves, so that the newline after them would be one too many. */
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

export function textWithEntities(text, entities, say) {
  const ordered = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const fragment = document.createDocumentFragment();
  pour(fragment, { text, from: 0, to: text.length, entities: ordered, say });
  return fragment;
}

/** Entities that begin inside another one are poured into it; none of them reaches past it. */
function pour(into, { text, from, to, entities, say }) {
  let at = from;
  for (let index = 0; index < entities.length; ) {
    const entity = entities[index++];
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    if (start >= end) continue;
    const inner = [];
    while (index < entities.length && entities[index].offset < end) inner.push(entities[index++]);
    if (start > at) into.append(text.slice(at, start));
    const { outside, inside } = wrapping(entity, text.slice(start, end), say);
    pour(inside, { text, from: start, to: end, entities: inner, say });
    into.append(outside);
    at = BLOCKS.has(entity.type) && text[end] === "\n" ? Math.min(end + 1, to) : end;
  }
  if (at < to) into.append(text.slice(at, to));
}

function wrapping(entity, words, say) {
  if (TAGS[entity.type]) return alone(make(TAGS[entity.type]));
  switch (entity.type) {
    case "spoiler":
      return spoiler();
    case "code":
      return alone(pressable(make("code", { title: "Copy" }), () => copy(words)));
    case "pre":
      return pre(entity.language);
    case "bot_command":
      return alone(pressable(make("span", { class: "link" }), () => say(words)));
    case "text_link":
      return link(entity.url, say);
    case "url":
      return link(words, say);
    case "mention":
      return link(`https://t.me/${words.slice(1)}`, say);
    case "email":
      return link(`mailto:${words}`, say);
    case "phone_number":
      return link(`tel:${words.replace(/[^+\d]/g, "")}`, say);
    default:
      return alone(make("span"));
  }
}

const alone = (node) => ({ outside: node, inside: node });

function link(written, say) {
  const goal = destination(written);
  if (!goal) return alone(make("span"));
  if (goal.start) return alone(pressable(make("span", { class: "link" }), () => say(goal.start)));
  return alone(make("a", { href: goal.href, target: "_blank", rel: "noopener noreferrer", title: goal.href }));
}

function pre(language) {
  const inside = make("code");
  return { outside: make("pre", { "data-language": language }, inside), inside };
}

/** What is hidden stays hidden from screen readers too, until it is asked for. */
function spoiler() {
  const inside = make("span", { "aria-hidden": "true" });
  const button = { role: "button", tabindex: "0", "aria-label": "Hidden text: press to show" };
  const outside = make("span", { class: "spoiler", ...button }, inside);
  const reveal = (event) => {
    if (outside.classList.contains("shown")) return;
    event.stopPropagation();
    event.preventDefault();
    outside.classList.add("shown");
    inside.removeAttribute("aria-hidden");
    for (const name of Object.keys(button)) outside.removeAttribute(name);
  };
  outside.addEventListener("click", reveal, { capture: true });
  outside.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && reveal(event));
  return { outside, inside };
}
