/** JSON to be read by people, and to be copied. */
import { icon, make } from "../dom.js";
import { copy } from "../notices.js";

const INDENT = 2;
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
const MOST_LETTERS = 60_000;

/** A titled block with its words and a button that copies them. */
export function jsonBlock(title, value) {
  const written = typeof value === "string" ? value : JSON.stringify(value, null, INDENT);
  const button = make("button", { type: "button", class: "round small", "aria-label": `Copy: ${title}`, title: "Copy" }, icon("copy"));
  button.addEventListener("click", () => copy(written));
  const body = make("pre", { class: "json", tabindex: "0", role: "region", "aria-label": title });
  body.append(coloured(written.slice(0, MOST_LETTERS)));
  if (written.length > MOST_LETTERS) body.append("…");
  return make("section", { class: "json-block" }, make("h3", {}, title, button), body);
}

function coloured(written) {
  const fragment = document.createDocumentFragment();
  let at = 0;
  for (const token of written.matchAll(TOKEN)) {
    const [whole, text, colon] = token;
    if (token.index > at) fragment.append(written.slice(at, token.index));
    fragment.append(make("span", { class: text ? (colon ? "name" : "text-value") : "value" }, text ?? whole), colon ?? "");
    at = token.index + whole.length;
  }
  fragment.append(written.slice(at));
  return fragment;
}
