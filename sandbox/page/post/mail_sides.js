/** A mail's two sides: its HTML in a frame that may neither run, fetch nor leave; and its plain text. */
import { icon, make } from "../dom.js";
import { destination, linksIn } from "../message/links.js";
import { notify } from "../notices.js";
import { mailPage as pageAddress } from "./post_api.js";

const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]]/g;
const ELSEWHERE = { target: "_blank", rel: "noopener noreferrer" };

export function mailPage(mail) {
  const links = linksIn(mail.html);
  return links.length ? [frame(mail), linkList(links)] : [frame(mail)];
}

/** A link pressed inside would leave the reader before a refusal: the mail is brought back instead. */
function frame({ id }) {
  let shown = false;
  const loaded = ({ currentTarget }) => {
    if (!shown) {
      shown = true;
      return;
    }
    currentTarget.replaceWith(frame({ id }));
    notify("A mail leads nowhere by itself. Its links stand below it.");
  };
  const locks = { sandbox: "", referrerpolicy: "no-referrer" };
  return make("iframe", { ...locks, src: pageAddress(id), title: "The mail as HTML", "data-testid": "mail-html", onload: loaded });
}

function linkList(links) {
  const row = ({ href, words }) =>
    make("a", { href, ...ELSEWHERE, title: href }, icon("out"), make("span", { dir: "auto" }, words), make("small", {}, new URL(href).host));
  return make("ul", { class: "links", "aria-label": "Links in the mail" }, ...links.map((link) => make("li", {}, row(link))));
}

export function mailText({ text }) {
  const parts = [];
  let at = 0;
  for (const { 0: found, index } of text.matchAll(LINK)) {
    const goal = destination(found);
    parts.push(text.slice(at, index), goal?.href ? make("a", { href: goal.href, ...ELSEWHERE }, found) : found);
    at = index + found.length;
  }
  const heard = { tabindex: "0", role: "region", "aria-label": "Text of the mail" };
  return [make("div", { class: "plain", dir: "auto", ...heard, "data-testid": "mail-text" }, ...parts, text.slice(at))];
}
