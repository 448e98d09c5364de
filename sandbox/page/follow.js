/** What the sandbox tells, and what the page reads anew for it; what comes in one breath is read once. */
import { addressOf } from "./address.js";
import { listen } from "./api.js";
import { byId } from "./dom.js";

const ONE_BREATH_MS = 20;

/** `deeds` are named after what they read; `isHere` says whether an event is about the open chat. */
export function follow(deeds) {
  const reading = inOneBreath(deeds.refresh);

  function changed(event) {
    const { kind, person, revision } = event;
    deeds.told(event);
    if (kind === "clock") deeds.refreshClock();
    if (kind === "mail" || kind === "sms") deeds.refreshPost(kind, person);
    if (kind === "people") reading({ withPeople: true });
    if (kind !== "chat") return;
    reading({ withPeople: false });
    if (deeds.isHere(event)) deeds.refreshChat(revision);
  }

  listen({ opened: deeds.readEverything, lost: () => (byId("connection").hidden = false), changed });
  document.addEventListener("click", (event) => followAtOnce(event, deeds.addressed));
}

/** Wishes that come close together are fulfilled by one reading, and never two at a time. */
function inOneBreath(read) {
  let wish = null;
  let running = false;

  async function run() {
    running = true;
    try {
      while (wish) {
        await new Promise((settle) => setTimeout(settle, ONE_BREATH_MS));
        const now = wish;
        wish = null;
        await read(now);
      }
    } finally {
      running = false;
    }
  }

  return ({ withPeople }) => {
    wish = { withPeople: withPeople || Boolean(wish?.withPeople) };
    if (!running) run();
  };
}

/** The browser tells of a new address a moment late, and by then somebody may be writing. */
function followAtOnce(event, addressed) {
  const link = event.target.closest('a[href^="#"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  const address = link.hash || addressOf({});
  if (address !== location.hash) history.pushState(null, "", address);
  addressed();
}
