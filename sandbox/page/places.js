/** Where a person is: before one chat, perhaps in one of its topics; or where they still have to choose. */

/** The general topic has this number, and its messages have none. */
export const GENERAL = 1;

export const threadOfMessages = (thread) => (thread === GENERAL ? 0 : thread);

export const isPrivate = (chat) => chat.kind === "private";

/** A chat as the address names it; of a forum it is the list of topics. */
export const placeOf = (person, chat) => (isPrivate(chat) ? { person, bot: chat.bot } : { person, chat: chat.chat });

export const topicOf = (chat, thread) => chat?.topics?.find((topic) => topic.thread === thread) ?? null;

/** What the address shows of these chats: `{ place, chat }`, and `choose`: "chat" or "topic", where nothing is open yet. */
export function lookedAt({ person, chat, thread, bot }, chats) {
  const named = chat ? chats.find((one) => one.chat === chat) : bot ? chats.find((one) => one.bot === bot) : null;
  const found = named ?? (chat || bot || chats.length !== 1 ? null : chats[0]);
  if (!found) return bot || !chats.length ? { place: { person, bot }, chat: null } : { place: { person }, chat: null, choose: "chat" };
  const place = placeOf(person, found);
  if (!found.forum) return { place, chat: found };
  return topicOf(found, thread) ? { place: { ...place, thread }, chat: found } : { place, chat: found, choose: "topic" };
}

export const sameSpot = (one, other) => JSON.stringify(spotOf(one)) === JSON.stringify(spotOf(other));

const spotOf = (place) => place && [place.person, place.chat ?? null, place.thread ?? null, place.bot ?? null];

export const unreadIn = (chat, thread) => (thread ? (chat.unread_in[threadOfMessages(thread)] ?? 0) : chat.unread);
