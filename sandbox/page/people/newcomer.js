/** The dialog that adds a person. */
import { addressOf } from "../address.js";
import * as api from "../api.js";
import { asked, withoutBlanks } from "../dialogs.js";
import { byId } from "../dom.js";
import { notify } from "../notices.js";

const FIRST_ID = 1001;

export function offerNewcomer() {
  byId("add-person").addEventListener("click", async () => {
    const newcomer = await asked(byId("newcomer"));
    if (!newcomer) return;
    try {
      location.hash = addressOf({ person: await add(withoutBlanks(newcomer)) });
    } catch (refusal) {
      notify(refusal.message);
    }
  });
}

async function add(newcomer) {
  const { people } = await api.people();
  const id = Math.max(FIRST_ID - 1, ...people.map((person) => person.id)) + 1;
  await api.addPerson({ ...newcomer, id });
  return id;
}
