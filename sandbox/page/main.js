/** Puts the page together and follows the sandbox's events. */
import { addressOf, shown } from "./address.js";
import * as api from "./api.js";
import { Clock } from "./clock.js";
import { Conversation } from "./conversation.js";
import { credentials } from "./credentials.js";
import { byId } from "./dom.js";
import { offerLooks } from "./look.js";
import { menu } from "./menu.js";
import { offerNewcomer } from "./newcomer.js";
import { notify } from "./notices.js";
import { PeopleList, dressFace } from "./people.js";
import { Post } from "./post.js";
import { oneAtATime } from "./turns.js";
import { aboutPerson, fullName } from "./words.js";

const clock = new Clock({ onMove: () => redraw() });
const people = new PeopleList({ now: clock.now });
const whoIs = (id) => people.find(id);
const post = new Post({ now: clock.now, whoIs, chatSeen: () => markRead() });
const conversation = new Conversation({
  now: clock.now,
  whoIs,
  onChat: (person, messages) => people.remember(person, messages),
  sawAll: () => markRead(),
});

let openedPerson = null;
let headerFacts = null;

function redraw() {
  people.draw();
  conversation.redraw();
  post.redraw();
}

const refreshPeople = oneAtATime(async () => {
  await people.refresh();
  showPeople();
});

function showPeople() {
  const { person } = shown();
  people.draw(person);
  const known = people.find(person);
  dressHeader(known);
  conversation.block(known?.blocked ?? false);
  post.redraw();
  post.countChat(known?.unread ?? 0);
  document.title = [people.unread ? `(${people.unread})` : null, known ? `${fullName(known)} ·` : null, "Sandbox"]
    .filter(Boolean)
    .join(" ");
  markRead();
}

function dressHeader(person) {
  byId("nobody").hidden = Boolean(person);
  byId("open").hidden = !person;
  document.body.dataset.screen = person ? "chat" : "people";
  const facts = JSON.stringify([person, location.hash]);
  if (!person || facts === headerFacts) return;
  headerFacts = facts;
  dressFace(byId("face"), person);
  byId("name").textContent = fullName(person);
  byId("about").textContent = aboutPerson(person);
  byId("credentials").replaceChildren(...(person.note ? credentials(person.note) : []));
  byId("as-window").href = location.href;
  byId("as-text").href = api.textAddress(person.id);
  byId("block").querySelector("span").textContent = person.blocked ? "Unblock the bot" : "Block the bot";
}

/** Read is what is on the screen: the newest message, in a window that can be seen. */
function markRead() {
  const person = people.find(openedPerson);
  if (person?.unread && conversation.atBottom && post.chatIsSeen && document.visibilityState === "visible") {
    api.read(person.id).then(refreshPeople, () => {});
  }
}

async function showAddressed() {
  if (shown().person && !people.find(shown().person)) await refreshPeople();
  const known = people.find(shown().person)?.id ?? null;
  if (known !== openedPerson) {
    openedPerson = known;
    conversation.close();
    showPeople();
    await Promise.all([post.open(known), known && conversation.open(known)]);
  }
  showPeople();
}

/** The browser tells of a new address a moment late, and by then somebody may be writing. */
function followAtOnce(event) {
  const link = event.target.closest('a[href^="#"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const address = link.hash || addressOf(null);
  if (address !== location.hash) history.pushState(null, "", address);
  quietly(showAddressed)();
}

async function setBlocked(yes) {
  try {
    await (yes ? api.block : api.unblock)(openedPerson);
    await refreshPeople();
  } catch (refusal) {
    notify(refusal.message);
  }
}

async function changed({ kind, person, bot }) {
  if (kind === "clock") await clock.refresh();
  if (kind === "people") await refreshPeople().then(showAddressed);
  if ((kind === "mail" || kind === "sms") && (!person || person === openedPerson)) await post.refresh(kind);
  if (kind !== "chat" || (shown().bot && bot !== shown().bot)) return;
  await Promise.all([refreshPeople(), person === openedPerson ? conversation.refresh() : people.lookIntoChat(person)]);
  markRead();
}

async function readEverything() {
  byId("connection").hidden = true;
  await Promise.all([clock.refresh(), refreshPeople()]);
  await showAddressed();
  if (openedPerson) await Promise.all([conversation.refresh(), post.refresh()]);
  await people.lookIntoChats();
}

const quietly = (deed) => (...facts) => deed(...facts).catch((refusal) => {
  if (!(refusal instanceof api.Refused)) throw refusal;
});

menu(byId("more"), byId("more-menu"));
byId("block").addEventListener("click", () => setBlocked(!people.find(openedPerson).blocked));
byId("unblock").addEventListener("click", () => setBlocked(false));
offerNewcomer();
offerLooks();
document.addEventListener("click", followAtOnce);
addEventListener("hashchange", quietly(showAddressed));
document.addEventListener("visibilitychange", () => {
  markRead();
  post.markRead();
});
quietly(readEverything)();
api.listen({
  opened: quietly(readEverything),
  lost: () => (byId("connection").hidden = false),
  changed: quietly(changed),
});
