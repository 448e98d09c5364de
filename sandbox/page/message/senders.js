/** Who speaks: a name and a face on what others say in a group, and what was said in one breath kept together. */
import { dressFace, hueOf } from "../people/faces.js";
import { make } from "../dom.js";
import { fullName } from "../words.js";

const ONE_BREATH_SECONDS = 300;

/** Words of somebody else's stand on the other side, whoever they are. */
export function dressSender(node, message, { isMine, isGroup }) {
  node.classList.toggle("person", isMine);
  node.classList.toggle("bot", !isMine);
  if (!isGroup || isMine) return;
  const { sender } = message;
  const face = make("span", { class: "face speaker", "aria-hidden": "true" });
  dressFace(face, sender);
  const bot = sender.is_bot ? make("small", {}, "bot") : null;
  const name = make("strong", { class: "sender", dir: "auto", "data-testid": "sender" }, fullName(sender), bot);
  name.style.setProperty("--hue", hueOf(sender.id));
  node.setAttribute("aria-label", fullName(sender));
  node.querySelector(".bubble")?.prepend(name);
  node.append(face);
}

/** Messages of one sender close to each other: the first bears the name, the last the face and the tail. A keyboard ends a breath. */
export function groupByBreath(said) {
  said.forEach(({ message, node }, index) => {
    node.classList.toggle("first", !goesOn(said[index - 1]?.message, message));
    node.classList.toggle("last", !goesOn(message, said[index + 1]?.message));
  });
}

const goesOn = (message, next) =>
  Boolean(message && next) &&
  !message.service &&
  !next.service &&
  !message.inline_keyboard?.length &&
  next.sender.id === message.sender.id &&
  next.date - message.date < ONE_BREATH_SECONDS &&
  new Date(next.date * 1000).getDate() === new Date(message.date * 1000).getDate();
