/** The person's side of the sandbox: one function per call. Mail and SMS have their own in post_api.js. */
import { threadOfMessages } from "./places.js";

export class Refused extends Error {}
export class Unreachable extends Refused {}

export async function call(path, request) {
  let response;
  try {
    response = await fetch(path, request);
  } catch {
    throw new Unreachable("The sandbox does not answer.");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.error ?? `The sandbox answered ${response.status}.`);
  return body;
}

export const ask = (path, values = {}) => call(`${path}?${new URLSearchParams(values)}`);

export const tell = (path, values, method = "POST") =>
  call(path, {
    method,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(values),
  });

/** A place as `/sim` names it, with whatever else is asked or told. */
function at({ person, chat, thread, bot }, values = {}) {
  const named = Object.entries({ person, chat, thread, bot }).filter(([, id]) => id);
  return { ...Object.fromEntries(named), ...values };
}

/** A topic is asked for by what its messages say, and the general one has no number there. */
const looking = (place) => at({ ...place, thread: null }, place.thread ? { thread: threadOfMessages(place.thread) } : {});

export const people = () => ask("/sim/people");
export const addPerson = (person) => tell("/sim/people", { people: [person] });
export const everybodysChats = () => ask("/sim/chats");
export const bots = () => ask("/sim/bots");
export const chat = (place) => ask("/sim/chat", looking(place));
export const say = (place, words) => tell("/sim/say", at(place, words));
export const edit = (place, message_id, text) => tell("/sim/edit", at(place, { message_id, text }));
export const start = (place, payload) => tell("/sim/start", at(place, payload ? { payload } : {}));
export const press = (place, pressed) => tell("/sim/press", at(place, pressed));
export const pin = (place, message_id, pinned) => tell("/sim/pin", at(place, { message_id, pinned }));
export const react = (place, message_id, emoji) => tell("/sim/react", at(place, { message_id, emoji }));
export const remove = (place, message_id) => tell("/sim/delete", at(place, { message_id }));
export const block = (place) => tell("/sim/block", at(place));
export const unblock = (place) => tell("/sim/unblock", at(place));
export const read = (place) => tell("/sim/read", at(place));
export const link = (url) => ask("/sim/links", { url });
export const clock = () => ask("/sim/clock");
export const moveClock = (step) => tell("/sim/clock", step);
export const textAddress = (place) => `/sim/chat.txt?${new URLSearchParams(looking(place))}`;

/** Several files of one kind become one album. */
export function sendFiles(place, { files, kind, caption, reply_to }) {
  const body = new FormData();
  const values = at(place, { kind, caption, ...(reply_to && { reply_to }) });
  for (const [name, value] of Object.entries(values)) body.append(name, value);
  files.forEach((file, number) => body.append(number ? `file${number + 1}` : "file", file, file.name));
  return call("/sim/send", { method: "POST", body });
}

export const fileAddress = (fileId) => `/sim/files/${encodeURIComponent(fileId)}`;

/** The browser reconnects by itself; whoever listens reads everything again on each `opened`. */
export function listen({ opened, lost, changed }) {
  const events = new EventSource("/sim/events");
  events.addEventListener("open", opened);
  events.addEventListener("error", () => {
    lost();
    if (events.readyState === EventSource.CLOSED) {
      setTimeout(() => listen({ opened, lost, changed }), 2000);
    }
  });
  events.addEventListener("change", (event) => changed(JSON.parse(event.data)));
}
