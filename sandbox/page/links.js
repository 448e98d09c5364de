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

/** Where a mail's links lead, read without showing it: `[{ href, words }]`, each address once. */
export function linksIn(html) {
  const { links } = new DOMParser().parseFromString(html, "text/html");
  const byAddress = new Map();
  for (const link of links) {
    const goal = destination(link.getAttribute("href"));
    if (goal?.href && !byAddress.has(goal.href)) byAddress.set(goal.href, link.textContent.trim() || goal.href);
  }
  return [...byAddress].map(([href, words]) => ({ href, words }));
}
