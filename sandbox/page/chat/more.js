/** The choices of the header's menu. */
import * as api from "../api.js";
import { byId } from "../dom.js";
import * as groups from "../people/groups_api.js";
import { notify } from "../notices.js";
import { topicOf } from "../places.js";
import { changeTopic, deleteTopic, renameTopic } from "../people/topic_deeds.js";

/** `facts()` is what the page shows; `refreshed` reads it anew. */
export function offerDeeds({ facts, members, refreshed, newGroup, newTopic }) {
  const on = (id, deed) => byId(id).addEventListener("click", deed);
  const here = () => ({ ...facts(), topic: topicOf(facts().chat, facts().place.thread) });

  async function settled(deed) {
    try {
      await deed();
      await refreshed();
    } catch (refusal) {
      notify(refusal.message);
    }
  }

  const leave = ({ person, chat }) => groups.changeMember(chat.chat, { by: person, user: person, status: "left" });
  const block = (yes) => settled(() => (yes ? api.block : api.unblock)(facts().place));
  for (const opener of ["info", "list-info", "show-members"]) on(opener, () => members.open());
  on("found-group", newGroup);
  on("open-topic", newTopic);
  on("rename-topic", () => renameTopic(here()));
  on("close-topic", () => changeTopic(here(), { closed: !here().topic.closed }));
  on("hide-topic", () => changeTopic(here(), { hidden: !here().topic.hidden }));
  on("delete-topic", () => deleteTopic(here()));
  on("leave-group", () => settled(() => leave(facts())));
  on("block", () => block(!facts().chat.blocked));
  on("unblock", () => block(false));
  on("show-drawer", () => byId("drawer-toggle").click());
}
