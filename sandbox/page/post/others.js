/** What came to addresses or numbers that belong to nobody: shown to everybody, and given away with a button. */
import { make } from "../dom.js";
import { fullName } from "../words.js";

/** `row(thing)` draws one; `give(address)` makes the address the person's own. */
export function others({ title, hint, things, address, person, row, give }) {
  if (!things.length) return null;
  const byAddress = Map.groupBy(things, (thing) => thing[address]);
  const group = ([to, rows]) =>
    make(
      "section",
      { class: "group", "aria-label": to },
      make(
        "header",
        {},
        make("h3", {}, to),
        make("button", { type: "button", class: "quiet", "data-testid": `give-${to}`, onclick: () => give(to) }, `Give to ${fullName(person)}`),
      ),
      make("ul", {}, ...rows.map((thing) => make("li", {}, row(thing)))),
    );
  return make(
    "section",
    { class: "others", "data-testid": "others", "aria-label": title },
    make("h2", {}, title),
    make("p", {}, hint),
    ...[...byAddress].map(group),
  );
}
