/** What appears for a moment: answers to pressed buttons, and the page's own short words. */
import { byId, calm, make } from "./dom.js";

const READING_MS = 3000;
const READING_MS_PER_LETTER = 40;

const waitingAlerts = [];

/** An answer with `show_alert` waits for its OK; any other passes by. */
export function showAnswer(answer) {
  if (!answer?.text) return;
  if (answer.show_alert) showAlert(answer.text);
  else showToast(answer.text, "toast");
}

export const notify = (words) => showToast(words, "notice");

/** For those who listen to the page; the eye has the counters. */
export function announce(words) {
  byId("news").textContent = words;
}

function showToast(words, testId) {
  const toast = make("p", { class: "toast", "data-testid": testId, dir: "auto" }, words);
  byId("toasts").replaceChildren(toast);
  setTimeout(() => leave(toast), READING_MS + READING_MS_PER_LETTER * words.length);
}

async function leave(toast) {
  if (!calm()) await toast.animate({ opacity: 0 }, { duration: 200 }).finished;
  toast.remove();
}

function showAlert(words) {
  const dialog = byId("alert");
  if (dialog.open) {
    waitingAlerts.push(words);
    return;
  }
  byId("alert-text").textContent = words;
  dialog.showModal();
  dialog.onclose = () => waitingAlerts.length && showAlert(waitingAlerts.shift());
}

export async function copy(words) {
  try {
    await navigator.clipboard.writeText(words);
  } catch {
    copyBySelection(words);
  }
  notify("Copied");
}

/** The clipboard is closed to pages that came without TLS from another machine. */
function copyBySelection(words) {
  const field = make("textarea", { class: "unseen" });
  field.value = words;
  document.body.append(field);
  const focused = document.activeElement;
  field.select();
  document.execCommand("copy");
  field.remove();
  focused?.focus();
}
