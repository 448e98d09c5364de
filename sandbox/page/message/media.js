/** What a message carries beside words. */
import { fileAddress } from "../api.js";
import { icon, make } from "../dom.js";
import { film } from "./film.js";
import { locationCard } from "./location.js";
import { covered, isMadeUp, photo } from "./pictures.js";
import { song, voice } from "./voice.js";
import { KINDS, initials, kindOf, sizeOf } from "../words.js";

const PICTURES = new Set(["photo", "video", "animation", "location"]);

const DRAWN = {
  photo: (sizes, message) => covered(photo(sizes.at(-1)), message, "photo"),
  video: (clip, message) => covered(film(clip, "Video"), message, "video"),
  animation: (clip, message) => covered(film(clip, "GIF"), message, "GIF"),
  document: file,
  contact,
  location: locationCard,
  sticker,
  voice,
  audio: song,
};

export const isPicture = ({ kind }) => PICTURES.has(kind);

export function media(message) {
  const { kind, content } = message;
  const carried = content?.[kind];
  if (carried && DRAWN[kind]) return DRAWN[kind](carried, message);
  return make("div", { class: "file" }, icon("file"), make("span", { dir: "auto" }, KINDS[kind] ?? kind.replaceAll("_", " ")));
}

function file({ file_id, file_name, mime_type, file_size }) {
  const name = file_name ?? "File";
  const address = { href: fileAddress(file_id), download: name };
  return make(
    "a",
    { class: "document", "data-testid": "document", ...address, "aria-label": `Download ${name}, ${sizeOf(file_size)}` },
    make("span", { class: "tile" }, icon("get")),
    make("span", { class: "named" }, make("b", { dir: "auto" }, name), make("small", {}, `${kindOf(name, mime_type)} · ${sizeOf(file_size)}`)),
  );
}

function contact(card) {
  const name = [card.first_name, card.last_name].filter(Boolean).join(" ");
  return make(
    "div",
    { class: "document", "data-testid": "contact" },
    make("span", { class: "face", "aria-hidden": "true" }, initials(card)),
    make("span", { class: "named" }, make("b", { dir: "auto" }, name), make("small", {}, card.phone_number)),
  );
}

function sticker(shape) {
  if (isMadeUp(shape)) {
    const face = shape.emoji ? make("span", { class: "glyph" }, shape.emoji) : icon("sticker");
    return make("div", { class: "sticker", role: "img", "aria-label": KINDS.sticker }, face);
  }
  const picture = make("img", { src: fileAddress(shape.file_id), alt: KINDS.sticker, width: "144", height: "144", loading: "lazy" });
  return make("div", { class: "sticker seen" }, picture);
}
