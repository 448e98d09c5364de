/** A person's note in small print. `login: anna, password: …` copies value by value. */
import { icon, make } from "../dom.js";
import { copy } from "../notices.js";

const PAIR = /([\p{L} ]+):\s*([^\s,;/]+)/gu;

export function credentials(note) {
  const pairs = [...note.matchAll(PAIR)];
  if (!pairs.length) return [make("span", { class: "pair" }, make("span", { dir: "auto" }, note), copyButton("the note", note))];
  const parts = [];
  let at = 0;
  for (const pair of pairs) {
    const [whole, label, value] = pair;
    parts.push(plain(note.slice(at, pair.index)), pairChip(label.trim(), value));
    at = pair.index + whole.length;
  }
  parts.push(plain(note.slice(at)));
  return parts.filter(Boolean);
}

function plain(words) {
  const bare = words.replace(/^[\s,;/·]+|[\s,;/·]+$/g, "");
  return bare ? make("span", { dir: "auto" }, bare) : null;
}

function pairChip(label, value) {
  return make("span", { class: "pair" }, make("span", {}, `${label} `), make("b", {}, value), copyButton(label, value));
}

function copyButton(what, words) {
  const name = `Copy ${what}`;
  return make("button", { type: "button", class: "copy", "aria-label": name, title: name, onclick: () => copy(words) }, icon("copy"));
}
