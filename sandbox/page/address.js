/** Who is shown, and where, is kept in the address: two windows side by side can show two people of one conversation. */

const NAMES = ["person", "chat", "thread", "bot"];

export function shown() {
  const words = new URLSearchParams(location.hash.slice(1));
  return Object.fromEntries(NAMES.map((name) => [name, Number(words.get(name)) || null]));
}

/** Of a person alone, of a chat with a bot, of a group, or of one topic of it. */
export function addressOf(place) {
  const words = NAMES.filter((name) => place[name]).map((name) => [name, place[name]]);
  return `#${new URLSearchParams(words)}`;
}
