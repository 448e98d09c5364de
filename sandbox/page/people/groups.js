/** The dialog that founds a group: its title, whether it is a forum, who is in it, and which bots. */
import { addressOf } from "../address.js";
import * as api from "../api.js";
import { make } from "../dom.js";
import { asked, check, choice, field } from "../forms.js";
import * as groups from "./groups_api.js";
import { notify } from "../notices.js";
import { fullName } from "../words.js";

const AS_BOT = [
  ["", "Not in the group"],
  ["member", "Member"],
  ["administrator", "Administrator"],
];

/** Whoever asks for it is its creator. */
export async function newGroup(creator, people) {
  try {
    const { bots } = await api.bots();
    const filled = await asked({
      title: "New group",
      action: "Create",
      testId: "group-form",
      content: fields(people.filter(({ id }) => id !== creator), bots),
    });
    if (filled) location.hash = addressOf({ person: creator, chat: await found(creator, filled, bots) });
  } catch (refusal) {
    notify(refusal.message);
  }
}

function fields(people, bots) {
  const members = people.map((person) => check(fullName(person), { name: "members", value: person.id }));
  const rows = bots.map(({ id, first_name, username }) =>
    make("div", { class: "named-choice" }, make("span", { dir: "auto" }, `${first_name} `, make("small", {}, `@${username}`)), choice(`bot-${id}`, first_name, AS_BOT)),
  );
  return [
    field("Title", { name: "title", required: true, maxlength: 128, autofocus: true, "data-testid": "group-title" }),
    check("A forum, with topics", { name: "forum", "data-testid": "group-forum" }),
    listOf("People", members),
    listOf("Bots", rows),
  ].filter(Boolean);
}

const listOf = (title, rows) => (rows.length ? make("fieldset", {}, make("legend", {}, title), ...rows) : null);

async function found(creator, filled, bots) {
  const members = filled.getAll("members").map(Number);
  const joining = bots.map(({ id }) => ({ id, status: filled.get(`bot-${id}`) })).filter(({ status }) => status);
  const { group } = await groups.found({ title: filled.get("title"), forum: filled.has("forum"), creator, members, bots: joining });
  return group.id;
}
