/** Links that start a bot open inside the page: the chat with that bot, and Start pressed there with the link's payload. */
import { addressOf, shown } from "../address.js";
import * as api from "../api.js";
import { notify } from "../notices.js";

/** A bot that is not here has its link opened elsewhere. */
export async function openStart(url) {
  const { person } = shown();
  try {
    const { kind, bot, payload } = await api.link(url);
    if (kind !== "start") open(url, "_blank", "noopener");
    else {
      location.hash = addressOf({ person, bot });
      await api.start({ person, bot }, payload);
    }
  } catch (refusal) {
    notify(refusal.message);
  }
}
