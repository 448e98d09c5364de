/** The person's side of the sandbox: one function per call. Mail and SMS have their own in post_api.js. */
import { shown } from "./address.js";

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

function withBot(values) {
  const { bot } = shown();
  return bot ? { ...values, bot } : values;
}

export const ask = (path, values = {}) => call(`${path}?${new URLSearchParams(values)}`);

export const tell = (path, values, method = "POST") =>
  call(path, {
    method,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(values),
  });

export const people = () => ask("/sim/people", withBot({}));
export const addPerson = (person) => tell("/sim/people", { people: [person] });
export const chat = (person) => ask("/sim/chat", withBot({ person }));
export const say = (person, text) => tell("/sim/say", withBot({ person, text }));
export const sendKind = (person, kind) => tell("/sim/say", withBot({ person, kind }));
export const sharePhone = (person, phone_number) => tell("/sim/say", withBot({ person, kind: "contact", phone_number }));
export const shareCard = (person, contact) => tell("/sim/say", withBot({ person, kind: "contact", contact }));
export const press = (person, pressed) => tell("/sim/press", withBot({ person, ...pressed }));
export const block = (person) => tell("/sim/block", withBot({ person }));
export const unblock = (person) => tell("/sim/unblock", withBot({ person }));
export const read = (person) => tell("/sim/read", withBot({ person }));
export const clock = () => ask("/sim/clock");
export const moveClock = (step) => tell("/sim/clock", step);
export const textAddress = (person) => `/sim/chat.txt?${new URLSearchParams(withBot({ person }))}`;

export function sendFile(person, { file, kind, caption }) {
  const body = new FormData();
  for (const [name, value] of Object.entries(withBot({ person, kind, caption }))) body.append(name, value);
  body.append("file", file, file.name);
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
