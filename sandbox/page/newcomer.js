/** The dialog that adds a person. */
import { addressOf } from "./address.js";
import * as api from "./api.js";
import { byId } from "./dom.js";
import { notify } from "./notices.js";

const FIRST_ID = 1001;

export function offerNewcomer() {
  const dialog = byId("newcomer");
  const form = dialog.querySelector("form");
  byId("add-person").addEventListener("click", () => {
    form.reset();
    dialog.returnValue = "";
    dialog.showModal();
  });
  byId("newcomer-cancel").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", async () => {
    if (dialog.returnValue !== "add") return;
    try {
      location.hash = addressOf(await add(Object.fromEntries(new FormData(form))));
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
