/** Who is shown is kept in the address, so that two windows side by side can show two people. */

export function shown() {
  const words = new URLSearchParams(location.hash.slice(1));
  return { person: Number(words.get("person")) || null, bot: Number(words.get("bot")) || null };
}

export function addressOf(person) {
  const words = Object.entries({ person, bot: shown().bot }).filter(([, id]) => id);
  return `#${new URLSearchParams(words)}`;
}
