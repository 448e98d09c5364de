/** Passages that do more than look different: spoilers, code blocks, quotations that fold. */
import { icon, make } from "../dom.js";
import { copy } from "../notices.js";

const FOLDED_LINES = 3;
const FOLDED_LETTERS = 150;

/** What is hidden stays hidden from screen readers too, until it is asked for. */
export function spoiler(cover) {
  if (cover.isOff) {
    const node = make("span", { class: "spoiler shown" });
    return { outside: node, inside: node };
  }
  const inside = make("span", { "aria-hidden": "true" });
  const button = { role: "button", tabindex: "0", "aria-label": "Hidden text: press to show" };
  const outside = make("span", { class: "spoiler", ...button }, inside);
  const show = () => {
    outside.classList.add("shown");
    inside.removeAttribute("aria-hidden");
    for (const name of Object.keys(button)) outside.removeAttribute(name);
  };
  outside.addEventListener("uncover", show);
  const reveal = (event) => {
    if (outside.classList.contains("shown")) return;
    event.stopPropagation();
    event.preventDefault();
    cover.takeOff();
    const together = outside.closest(".message")?.querySelectorAll(".spoiler") ?? [outside];
    for (const hidden of together) hidden.dispatchEvent(new Event("uncover"));
  };
  outside.addEventListener("click", reveal, { capture: true });
  outside.addEventListener("keydown", (event) => (event.key === "Enter" || event.key === " ") && reveal(event));
  return { outside, inside };
}

/** A block that scrolls sideways can be reached and scrolled by keyboard. */
export function pre(language, words) {
  const inside = make("code");
  const block = make("pre", { "data-language": language, tabindex: "0" }, inside);
  const button = make("button", { type: "button", class: "round copies", "aria-label": "Copy the code", title: "Copy the code" }, icon("copy"));
  button.addEventListener("click", () => copy(words));
  return { outside: make("div", { class: "code" }, block, button), inside };
}

/** Judged by its words, since measuring each quotation would hold up the whole chat. */
export function foldable(words) {
  const inside = make("span");
  const outside = make("blockquote", { class: "foldable" }, inside);
  if (words.length <= FOLDED_LETTERS && words.split("\n").length <= FOLDED_LINES) return { outside, inside };
  const toggle = make("button", { type: "button", class: "unfold" }, icon("down"));
  const fold = (yes) => {
    outside.classList.toggle("folded", yes);
    toggle.setAttribute("aria-expanded", String(!yes));
    toggle.setAttribute("aria-label", yes ? "Show the whole quotation" : "Fold the quotation");
  };
  toggle.addEventListener("click", () => fold(!outside.classList.contains("folded")));
  fold(true);
  outside.append(toggle);
  return { outside, inside };
}
