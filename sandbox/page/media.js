/** What a message carries beside words: a document, a photo, a contact, a sticker, a voice. */
import { fileAddress } from "./api.js";
import { icon, make } from "./dom.js";
import { KINDS, initials, kindOf, sizeOf } from "./words.js";

const WAVE = [5, 9, 14, 8, 17, 12, 20, 15, 9, 13, 18, 11, 6, 12, 16, 9, 13, 7, 10, 5];
/** A made-up photo can be recognised by the bot, but there is nothing to look at. */
const MADE_UP = "sandbox-";
/** A photo takes its room before it has come. */
const WIDEST = 320;
const TALLEST = 340;

export function media({ kind, content }) {
  if (kind === "voice") return voice();
  if (kind === "photo" && content.photo?.length) return photo(content.photo.at(-1));
  if (kind === "document" && content.document) return file(content.document);
  if (kind === "contact" && content.contact) return contact(content.contact);
  if (KINDS[kind]) return drawn(kind);
  return make("div", { class: "file" }, icon("file"), make("span", { dir: "auto" }, content?.[kind]?.file_name ?? kind));
}

const drawn = (kind) => make("div", { class: kind, role: "img", "aria-label": KINDS[kind] }, icon(kind));

function voice() {
  const bars = WAVE.map((height) => {
    const bar = make("i");
    bar.style.height = `${height}px`;
    return bar;
  });
  return make("div", { class: "voice", role: "img", "aria-label": KINDS.voice }, make("span", { class: "play" }, icon("voice")), ...bars);
}

function photo({ file_id, width, height }) {
  if (file_id.startsWith(MADE_UP)) return drawn("photo");
  const address = fileAddress(file_id);
  const picture = make("img", { src: address, alt: "Photo" });
  const scale = Math.min(1, WIDEST / width, TALLEST / height);
  picture.style.aspectRatio = `${width} / ${height}`;
  picture.style.width = `${Math.round(width * scale)}px`;
  return make("a", { class: "picture", "data-testid": "photo", href: address, target: "_blank", rel: "noopener" }, picture);
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
