/** Making elements. Words reach the page as text nodes only, never as markup. */

const SVG = "http://www.w3.org/2000/svg";
const ICONS = "/page/icons.svg";

export const byId = (id) => document.getElementById(id);

export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${ICONS}#icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

/** Spans that only look like buttons answer to the keyboard as buttons do. */
export function pressable(node, deed) {
  node.setAttribute("role", "button");
  node.setAttribute("tabindex", "0");
  node.addEventListener("click", deed);
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    deed(event);
  });
  return node;
}

export const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** On a phone a focused field brings up its keyboard, and half of the page is gone. */
export const hasKeyboard = () => matchMedia("(hover: hover)").matches;

/** Draws anew what is in `root`, and whoever walks by keyboard stays where they were. */
export function keepingFocus(root, draw) {
  const at = root.contains(document.activeElement) && document.activeElement.closest("[data-testid]")?.dataset.testid;
  draw();
  if (at && !root.contains(document.activeElement)) root.querySelector(`[data-testid="${CSS.escape(at)}"]`)?.focus();
}
