/** Puts the page together and follows the sandbox's events. */
import { shown } from "./address.js";
import * as api from "./api.js";
import { Clock } from "./clock.js";
import { Conversation } from "./chat/conversation.js";
import { Directory } from "./people/directory.js";
import { byId } from "./dom.js";
import { offerDrawer } from "./drawer/drawer.js";
import { follow } from "./follow.js";
import { newGroup } from "./people/groups.js";
import { Header } from "./chat/header.js";
import { offerLooks } from "./look.js";
import { Members } from "./people/members.js";
import { menu } from "./menu.js";
import { offerDeeds } from "./chat/more.js";
import { offerNewcomer } from "./people/newcomer.js";
import { PeopleList } from "./people/people.js";
import { lookedAt, sameSpot, unreadIn } from "./places.js";
import { Post } from "./post/post.js";
import { Screens } from "./screens.js";
import { newTopic } from "./people/topic_deeds.js";
import { fullName } from "./words.js";

const directory = new Directory();
const header = new Header();
const screens = new Screens();
const clock = new Clock({ onMove: () => redraw() });
const whoIs = (id) => directory.find(id);
const facts = () => ({ ...looked, person: looked.place.person, people: directory.people });
const deeds = { newGroup: () => newGroup(looked.place.person, directory.people), newTopic: () => newTopic(facts()) };
const people = new PeopleList({ now: clock.now, directory, deeds });
const members = new Members({ facts });
const post = new Post({ now: clock.now, whoIs, chatSeen: () => markRead() });
const conversation = new Conversation({ now: clock.now, whoIs, sawAll: () => markRead(), drawn: () => markRead() });
const drawer = offerDrawer();

let looked = { place: { person: null }, chat: null };

function redraw() {
  people.draw();
  conversation.redraw();
  post.redraw();
}

/** What the address names, as far as the sandbox knows of it. */
function look() {
  const person = directory.find(shown().person);
  const named = { ...shown(), person: person?.id ?? null };
  return person ? lookedAt(named, directory.chatsOf(person.id)) : { place: named, chat: null };
}

function show() {
  looked = look();
  const person = directory.find(looked.place.person);
  const chats = directory.chatsOf(person?.id);
  people.draw(looked);
  screens.show(person, looked, chats.length > 1);
  if (person) header.show(person, looked, chats.length > 1);
  members.draw();
  post.redraw();
  post.countChat(looked.chat ? unreadIn(looked.chat, looked.place.thread) : directory.unreadOf(person?.id));
  const unread = directory.unread;
  document.title = [unread ? `(${unread})` : null, person ? `${fullName(person)} ·` : null, "Sandbox"].filter(Boolean).join(" ");
  markRead();
}

/** Opens what the address names, unless it is open already. */
async function showAddressed() {
  if (shown().person && !directory.find(shown().person)) await directory.refresh();
  const before = looked;
  show();
  const { place, choose } = looked;
  const person = place.person !== before.place.person ? post.open(place.person) : null;
  if (choose || !place.person) conversation.close();
  else if (!sameSpot(place, conversation.place)) await Promise.all([person, conversation.open(place)]);
  await person;
}

/** Whoever goes somewhere wants to see it. */
async function goAddressed() {
  post.uncover();
  await showAddressed();
}

const refresh = async ({ withPeople }) => {
  await (withPeople ? directory.refresh() : directory.refreshChats());
  await showAddressed();
};

/** Read is what is on the screen: the newest message, in a window that can be seen. */
function markRead() {
  const { place, chat } = looked;
  const isSeen = sameSpot(place, conversation.place) && conversation.atBottom && post.chatIsSeen && document.visibilityState === "visible";
  if (chat && isSeen && unreadIn(chat, place.thread)) api.read(place).catch(() => {});
}

const isHere = ({ chat, person, bot }) =>
  person === null ? chat === looked.place.chat : person === looked.place.person && !looked.place.chat && [null, bot].includes(looked.place.bot);

async function readEverything() {
  byId("connection").hidden = true;
  await Promise.all([clock.refresh(), directory.refresh()]);
  await showAddressed();
  await Promise.all([conversation.refresh(), looked.place.person && post.refresh()]);
}

const quietly = (deed) => (...told) => deed(...told).catch((refusal) => {
  if (!(refusal instanceof api.Refused)) throw refusal;
});

menu(byId("more"), byId("more-menu"));
offerDeeds({ facts, members, refreshed: () => quietly(refresh)({ withPeople: true }), ...deeds });
offerNewcomer();
offerLooks();
addEventListener("hashchange", quietly(goAddressed));
document.addEventListener("visibilitychange", () => {
  markRead();
  post.markRead();
});
quietly(readEverything)();
follow({
  isHere,
  addressed: quietly(goAddressed),
  readEverything: quietly(readEverything),
  refresh: quietly(refresh),
  refreshPost: quietly(async (kind, person) => (!person || person === looked.place.person) && post.refresh(kind)),
  refreshClock: quietly(() => clock.refresh()),
  refreshChat: quietly(async (revision) => revision > conversation.revision && conversation.refresh()),
  told: (event) => drawer.changed(event),
});
