/** The top of the open chat: whose eyes look, at what, and what else can be done there. */
import { addressOf } from "../address.js";
import * as api from "../api.js";
import { credentials } from "../people/credentials.js";
import { byId } from "../dom.js";
import { dressFace } from "../people/faces.js";
import { membersWords } from "../people/members.js";
import { GENERAL, isPrivate, placeOf, topicOf } from "../places.js";
import { dressTopicFace } from "../people/topics.js";
import { aboutPerson, fullName } from "../words.js";

export class Header {
  #facts = null;

  /** `several` is whether the person has more chats than this one. */
  show(person, looked, several) {
    const topic = topicOf(looked.chat, looked.place.thread);
    const facts = JSON.stringify([person, looked, several, location.hash]);
    if (facts === this.#facts) return;
    this.#facts = facts;
    this.#name(person, looked, topic, several);
    this.#offer(looked, topic);
    byId("credentials").replaceChildren(...(person.note ? credentials(person.note) : []));
    byId("as-window").href = location.href;
    byId("as-text").href = api.textAddress(looked.place);
    byId("back").href = backFrom(person, looked, several);
  }

  #name(person, { chat, choose }, topic, several) {
    const face = byId("face");
    const isHere = !chat || choose === "chat" || (isPrivate(chat) && !several);
    face.className = topic ? "topic-face" : "face";
    if (topic) dressTopicFace(face, topic);
    else dressFace(face, isHere ? person : { id: chat.bot ?? chat.chat, first_name: chat.title });
    byId("name").textContent = isHere ? fullName(person) : (topic?.name ?? chat.title);
    byId("about").textContent = isHere ? aboutPerson(person) : aboutChat(person, chat, topic);
    byId("info").hidden = !chat?.members;
    byId("info").setAttribute("aria-label", chat?.members ? `${membersWords(chat)} of ${chat.title}` : "Members");
  }

  #offer({ chat, choose }, topic) {
    const isGroup = Boolean(chat?.members);
    const manages = Boolean(chat?.forum && chat.may_manage_topics);
    const isGeneral = topic?.thread === GENERAL;
    const shown = {
      "as-text": !choose,
      "show-members": isGroup,
      "open-topic": manages,
      "rename-topic": manages && topic,
      "close-topic": manages && topic,
      "hide-topic": manages && isGeneral,
      "delete-topic": manages && topic && !isGeneral,
      "leave-group": isGroup,
      block: chat && isPrivate(chat),
    };
    for (const [id, yes] of Object.entries(shown)) byId(id).hidden = !yes;
    word("close-topic", topic?.closed ? "Reopen the topic" : "Close the topic");
    word("hide-topic", topic?.hidden ? "Show General to everyone" : "Hide General");
    word("block", chat?.blocked ? "Unblock the bot" : "Block the bot");
  }
}

function aboutChat(person, chat, topic) {
  const asWhom = `as ${fullName(person)}`;
  if (topic) return `${chat.title} · ${asWhom}`;
  return `${isPrivate(chat) ? "bot" : membersWords(chat)} · ${asWhom}`;
}

/** One screen up, where a phone shows one at a time. */
function backFrom(person, { place, chat }, several) {
  if (place.thread) return addressOf(placeOf(person.id, chat));
  return several ? addressOf({ person: person.id }) : addressOf({});
}

const word = (id, words) => (byId(id).querySelector("span").textContent = words);
