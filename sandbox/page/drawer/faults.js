/** The fault plan: what will go wrong, and a form to plan more. */
import { Refused } from "../api.js";
import { faults, forgetFaults, now, plan } from "./api.js";
import { pause } from "./list.js";
import { icon, make } from "../dom.js";
import { notify } from "../notices.js";
import { oneAtATime } from "../turns.js";
import { timeOf } from "../words.js";

const METHODS = "* sendMessage editMessageText editMessageReplyMarkup deleteMessage answerCallbackQuery sendDocument sendPhoto sendMediaGroup sendInvoice answerPreCheckoutQuery getUpdates getFile copyMessage forwardMessage createForumTopic sendChatAction setMyCommands getMe".split(" ");
const KINDS = {
  error: "Error with a code",
  html502: "502 with HTML",
  timeout_before: "Dropped before the effect",
  timeout_after: "Dropped after the effect",
  truncated: "Answer cut in half",
  slow: "Slow, but right",
};
const FLOODED_SECONDS = 5;
const PRESETS = {
  [`429 for ${FLOODED_SECONDS} s`]: async () => ({ kind: "error", code: 429, retry_after: FLOODED_SECONDS, until: await later(FLOODED_SECONDS) }),
  "500 once": () => ({ kind: "error", code: 500 }),
  "502 HTML": () => ({ kind: "html502" }),
  "timeout after": () => ({ kind: "timeout_after" }),
  truncated: () => ({ kind: "truncated" }),
};
const NUMBERS = [
  { name: "code", label: "Code", placeholder: "500", min: 400, max: 599, only: "error" },
  { name: "retry_after", label: "Retry after, s", placeholder: "–", min: 0, only: "error" },
  { name: "times", label: "Times", placeholder: "1", min: 1 },
  { name: "every", label: "Each n-th", placeholder: "1", min: 1 },
  { name: "seconds", label: "Wait, s", placeholder: "0", min: 0, step: "any" },
];

async function later(seconds) {
  return new Date((await now()).getTime() + seconds * 1000).toISOString();
}

export class FaultsPanel {
  #list = make("ul", { class: "faults", "aria-label": "Planned faults", "data-testid": "faults" });
  #remove = make("button", { type: "button", class: "quiet", "data-testid": "faults-remove", hidden: true, onclick: () => quietly(forgetFaults()) }, icon("sweep"), "Remove all");
  #form;

  constructor() {
    this.#form = this.#newForm();
    const head = make("div", { class: "drawer-head" }, make("h3", {}, "Planned"), this.#remove);
    this.node = make("div", { class: "drawer-panel scrolls" }, head, this.#list, make("h3", {}, "Plan one"), this.#form);
  }

  refresh = oneAtATime(async () => {
    const { faults: planned } = await faults();
    this.#remove.hidden = !planned.length;
    const rows = planned.map((fault) => make("li", { "data-testid": "fault" }, make("b", {}, writtenName(fault.method)), make("span", {}, wordsOf(fault)), make("small", {}, whenOf(fault))));
    this.#list.replaceChildren(...(rows.length ? rows : [make("li", { class: "none" }, "Nothing will go wrong.")]));
    await pause();
  });

  changed({ kind }) {
    if (kind === "faults" || (kind === "calls" && this.#remove.hidden === false)) return this.refresh();
  }

  #newForm() {
    const method = make("input", { name: "method", list: "drawer-methods", required: true, autocomplete: "off", spellcheck: "false", "data-testid": "fault-method", value: "sendMessage" });
    const options = make("datalist", { id: "drawer-methods" }, ...METHODS.map((value) => make("option", { value })));
    const kind = make("select", { name: "kind", "data-testid": "fault-kind" }, ...Object.entries(KINDS).map(([value, words]) => make("option", { value }, words)));
    const numbers = NUMBERS.map(({ label, only, ...attributes }) => {
      const field = make("input", { type: "number", inputmode: "decimal", "data-testid": `fault-${attributes.name}`, ...attributes });
      return make("label", { "data-only": only }, label, field);
    });
    const fit = () => numbers.forEach((label) => (label.hidden = Boolean(label.dataset.only) && label.dataset.only !== kind.value));
    kind.addEventListener("change", fit);
    const form = make(
      "form",
      { class: "form planner", "data-testid": "fault-form" },
      make("label", {}, "Method, * for all", method, options),
      this.#presets(),
      make("label", {}, "What goes wrong", kind),
      make("div", { class: "numbers" }, ...numbers),
      make("button", { class: "primary small", "data-testid": "fault-plan" }, "Plan it"),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#plan(() => filledIn(form));
    });
    return form;
  }

  #presets() {
    const preset = ([words, fault]) => make("button", { type: "button", class: "pill", "data-testid": "fault-preset", onclick: () => this.#plan(fault) }, words);
    return make("div", { class: "pills", role: "group", "aria-label": "At one tap" }, ...Object.entries(PRESETS).map(preset));
  }

  #plan(fault) {
    const { method } = Object.fromEntries(new FormData(this.#form));
    quietly((async () => plan({ method: method || "*", ...(await fault()) }))());
  }
}

function filledIn(form) {
  const { kind, ...written } = Object.fromEntries(new FormData(form));
  const numbers = NUMBERS.filter(({ name, only }) => written[name]?.trim() && (!only || only === kind));
  return { kind, ...Object.fromEntries(numbers.map(({ name }) => [name, Number(written[name])])) };
}

async function quietly(asked) {
  try {
    await asked;
  } catch (refusal) {
    if (!(refusal instanceof Refused)) throw refusal;
    notify(refusal.message);
  }
}

/** The plan keeps names in small letters. */
const writtenName = (method) => METHODS.find((name) => name.toLowerCase() === method) ?? method;

function wordsOf({ kind, code, retry_after, seconds }) {
  const what = kind === "error" ? `${code}${retry_after ? `, retry after ${retry_after} s` : ""}` : KINDS[kind];
  return seconds ? `${what}, after ${seconds} s` : what;
}

function whenOf({ times, skip, every, probability, until, chat }) {
  const parts = [
    times === null || times === undefined ? "every time" : times === 1 ? "once" : `${times} times`,
    every > 1 && `each ${every}. call`,
    skip > 0 && `after ${skip} calls`,
    probability < 1 && `with probability ${probability}`,
    until && `until ${timeOf(new Date(until))}:${String(new Date(until).getSeconds()).padStart(2, "0")}`,
    chat && `in chat ${chat}`,
  ];
  return parts.filter(Boolean).join(", ");
}
