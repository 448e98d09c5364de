/** The person's side of the sandbox: one function per call. */
import { shown } from "./address.js";

export class Refused extends Error {}
export class Unreachable extends Refused {}

async function call(path, request) {
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

const ask = (path, values = {}) => call(`${path}?${new URLSearchParams(values)}`);

const tell = (path, values) =>
  call(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(values),
  });

export const people = () => ask("/sim/people", withBot({}));
export const addPerson = (person) => tell("/sim/people", { people: [person] });
export const chat = (person) => ask("/sim/chat", withBot({ person }));
export const say = (person, text) => tell("/sim/say", withBot({ person, text }));
export const sendKind = (person, kind) => tell("/sim/say", withBot({ person, kind }));
export const press = (person, pressed) => tell("/sim/press", withBot({ person, ...pressed }));
export const block = (person) => tell("/sim/block", withBot({ person }));
export const unblock = (person) => tell("/sim/unblock", withBot({ person }));
export const read = (person) => tell("/sim/read", withBot({ person }));
export const clock = () => ask("/sim/clock");
export const moveClock = (step) => tell("/sim/clock", step);
export const textAddress = (person) => `/sim/chat.txt?${new URLSearchParams(withBot({ person }))}`;

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
