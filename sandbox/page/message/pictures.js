/** Pictures: what room they take, and what hides them. */
import { fileAddress } from "../api.js";
import { icon, make } from "../dom.js";
import { coverOf } from "./spoilers.js";

/** A made-up file can be recognised by the bot, but there is nothing to look at. */
const MADE_UP = "sandbox-";
/** A picture takes its room before it has come. */
const WIDEST = 320;
const TALLEST = 340;

export const isMadeUp = ({ file_id }) => file_id.startsWith(MADE_UP);

/** The room that a picture of these pixels takes. */
export function reserveRoom(node, { width = WIDEST, height = WIDEST }) {
  const scale = Math.min(1, WIDEST / width, TALLEST / height);
  node.style.aspectRatio = `${width} / ${height}`;
  node.style.width = `${Math.round(width * scale)}px`;
}

export function photo(size) {
  if (isMadeUp(size)) return make("div", { class: "photo", role: "img", "aria-label": "Photo" }, icon("photo"));
  const address = fileAddress(size.file_id);
  const picture = make("img", { alt: "Photo", loading: "lazy", decoding: "async", width: size.width, height: size.height });
  reserveRoom(picture, size);
  picture.src = address;
  return make("a", { class: "picture", "data-testid": "photo", href: address, target: "_blank", rel: "noopener" }, picture);
}

/** Under its cover, until somebody takes it off. */
export function covered(picture, message, name) {
  const cover = coverOf(message);
  if (!message.content.has_media_spoiler || cover.isOff) return picture;
  const words = `Hidden ${name}: press to show`;
  const veil = make("button", { type: "button", class: "cover", "aria-label": words, "data-testid": "cover" });
  const node = make("div", { class: "covered" }, picture, veil);
  picture.inert = true;
  veil.addEventListener("click", () => {
    cover.takeOff();
    picture.inert = false;
    node.replaceWith(picture);
  });
  return node;
}
