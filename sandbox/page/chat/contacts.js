/** Sharing a contact: one's own after a question, as Telegram asks it, or somebody else's card. */
import { asked, withoutBlanks } from "../dialogs.js";
import { byId } from "../dom.js";

/** The number to share, or null. The first known one is suggested; another may be tried. */
export async function consentToShare(person) {
  const given = await asked(byId("consent"), { phone_number: person?.phones?.[0] ?? "" });
  return given && given.phone_number;
}

/** A card such as people forward: nobody has to be in Telegram to be on one. */
export async function somebodysCard() {
  const card = await asked(byId("card"));
  if (!card) return null;
  const { user_id, ...written } = withoutBlanks(card);
  return user_id ? { ...written, user_id: Number(user_id) } : written;
}
