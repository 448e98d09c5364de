/** Where a link leads: out of the page, back into this chat, to an invoice, or nowhere. */

const OPENED = new Set(["http:", "https:", "tg:", "mailto:", "tel:"]);
const INVOICE = /^\/(?:\$|invoice\/)([\w-]+)$/;

/** `{ start }` for a deep link to a bot, `{ href }` for the rest, with the `invoice` it pays if any; null for what must not open. */
export function destination(written) {
  const address = parsed(written) ?? parsed(`https://${written}`);
  if (!address || !OPENED.has(address.protocol)) return null;
  const web = ["t.me", "telegram.me"].includes(address.hostname);
  if ((web || address.protocol === "tg:") && address.searchParams.has("start")) {
    return { start: address.href };
  }
  const slug = web ? address.pathname.match(INVOICE)?.[1] : address.host === "invoice" && address.searchParams.get("slug");
  return slug ? { href: address.href, invoice: slug } : { href: address.href };
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
