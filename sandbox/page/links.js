/** Where a link leads: out of the page, back into this chat, or nowhere. */

const OPENED = new Set(["http:", "https:", "tg:", "mailto:", "tel:"]);

/** `{ start }` for a deep link to the bot, `{ href }` for the rest, null for what must not open. */
export function destination(written) {
  const address = parsed(written) ?? parsed(`https://${written}`);
  if (!address || !OPENED.has(address.protocol)) return null;
  const ours = ["t.me", "telegram.me"].includes(address.hostname) || address.protocol === "tg:";
  if (ours && address.searchParams.has("start")) {
    return { start: `/start ${address.searchParams.get("start")}`.trim() };
  }
  return { href: address.href };
}

function parsed(written) {
  try {
    return new URL(written);
  } catch {
    return null;
  }
}
