/** An album: several messages of one sending, shown as one. */
import { make } from "../dom.js";
import { isPicture, media } from "./media.js";

/** How many stand in each row, by how many there are. */
const ROWS = { 2: [2], 3: [1, 2], 4: [2, 2], 5: [2, 3], 6: [3, 3], 7: [2, 2, 3], 8: [2, 3, 3], 9: [3, 3, 3], 10: [2, 2, 3, 3] };

/** The one message that stands for all of its `parts`. A single caption is the album's; several stay under their own pictures. */
export function asOne(message) {
  const { parts } = message;
  if (!parts) return message;
  if (parts.length === 1) return parts[0];
  const captioned = parts.filter(({ text }) => text);
  const { text, entities } = captioned.length === 1 ? captioned[0] : { text: "", entities: [] };
  return {
    ...message,
    text,
    entities,
    edited: parts.some(({ edited }) => edited),
    pinned: parts.some(({ pinned }) => pinned),
    reactions: parts.flatMap(({ reactions }) => reactions ?? []),
  };
}

export function albumOf(parts) {
  const severalCaptions = parts.filter(({ text }) => text).length > 1;
  const cells = parts.map((part) => cell(part, severalCaptions));
  if (!parts.every(isPicture)) return make("div", { class: "stack", "data-testid": "album" }, ...cells);
  const rows = [];
  for (const columns of ROWS[parts.length] ?? [parts.length]) {
    const row = make("div", { class: "tiles" }, ...cells.splice(0, columns));
    row.style.setProperty("--columns", columns);
    rows.push(row);
  }
  return make("div", { class: "mosaic", "data-testid": "album" }, ...rows);
}

function cell(part, withCaption) {
  const caption = withCaption && part.text ? make("span", { class: "under", dir: "auto" }, part.text) : null;
  return make("div", { class: "cell" }, media(part), caption);
}
