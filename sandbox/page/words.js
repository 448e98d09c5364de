/** Dates, names and previews in the page's own English. */

const CLOCK = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long" });
const OLD_DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric" });
const SHORT_DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const WEEKDAY = new Intl.DateTimeFormat("en-GB", { weekday: "short" });
const LANGUAGES = new Intl.DisplayNames("en", { type: "language" });

export const KINDS = {
  sticker: "Sticker",
  photo: "Photo",
  video: "Video",
  animation: "GIF",
  voice: "Voice message",
  audio: "Audio",
  document: "File",
  contact: "Contact",
  location: "Location",
  invoice: "Invoice",
  successful_payment: "Payment",
};

export const timeOf = (date) => CLOCK.format(date);
export const weekdayOf = (date) => WEEKDAY.format(date);
export const momentOf = (date) => `${SHORT_DAY.format(date)}, ${CLOCK.format(date)}`;

const midnight = (date) => new Date(date.getFullYear(), date.getMonth(), date.getDate());
const daysBetween = (earlier, later) => Math.round((midnight(later) - midnight(earlier)) / 86_400_000);

export function dayOf(date, now) {
  const days = daysBetween(date, now);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return date.getFullYear() === now.getFullYear() ? DAY.format(date) : OLD_DAY.format(date);
}

export const shortTimeOf = (date, now) =>
  daysBetween(date, now) === 0 ? timeOf(date) : SHORT_DAY.format(date);

/** The time alone where it is today's. */
export const momentWords = (date, now) => (daysBetween(date, now) === 0 ? timeOf(date) : momentOf(date));

export const fullName = (person) =>
  [person.first_name, person.last_name].filter(Boolean).join(" ") || `Person ${person.id}`;

export function initials(person) {
  const letters = [person.first_name, person.last_name].filter(Boolean).map((name) => [...name][0]);
  return letters.join("").toUpperCase() || "?";
}

export function aboutPerson(person) {
  const language = person.language_code ? languageOf(person.language_code) : null;
  return [person.username && `@${person.username}`, language, `ID ${person.id}`].filter(Boolean).join(" · ");
}

function languageOf(code) {
  try {
    return LANGUAGES.of(code);
  } catch {
    return code;
  }
}

export const previewOf = (message) =>
  (message.text || message.content?.document?.file_name || KINDS[message.kind] || message.kind).replace(/\s+/g, " ").slice(0, 120);

export const capitalised = (words) => `${words.charAt(0).toUpperCase()}${words.slice(1)}`;

/** `1 mail`, `2 mails`. */
export const counted = (count, one, many) => `${count} ${count === 1 ? one : many}`;

/** `1:05` of 65 seconds. */
export const lengthOf = (seconds = 0) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;

/** Telegram's own steps of 1024. */
export function sizeOf(bytes) {
  if (!(bytes >= 1024)) return `${bytes ?? 0} B`;
  const [size, unit] = bytes < 1024 ** 2 ? [bytes / 1024, "KB"] : [bytes / 1024 ** 2, "MB"];
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${unit}`;
}

/** `PDF` of `results.pdf`; without an ending, what the type says. */
export function kindOf(name, type = "") {
  const [, ending] = name.match(/\.([a-z0-9]{1,5})$/i) ?? [];
  return (ending ?? type.split("/").at(-1) ?? "").toUpperCase() || "File";
}

/** `3 d 2 h ahead`: how far the sandbox's clock is from the real one. */
export function offsetWords(seconds) {
  const minutes = Math.round(Math.abs(seconds) / 60);
  if (minutes === 0) return "real time";
  const parts = [
    [Math.floor(minutes / 1440), "d"],
    [Math.floor((minutes % 1440) / 60), "h"],
    [minutes % 60, "min"],
  ];
  const words = parts.filter(([count]) => count > 0).slice(0, 2).map(([count, unit]) => `${count} ${unit}`);
  return `${words.join(" ")} ${seconds > 0 ? "ahead" : "behind"}`;
}
