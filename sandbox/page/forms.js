/** Dialogs that are made when they are needed, and gone when they are answered. */
import { make } from "./dom.js";

let made = 0;

/** What was filled in, as FormData; null when it was closed. */
export async function asked({ title, action, testId, grave = false, content }) {
  const heading = make("h2", { id: `form-title-${++made}` }, title);
  const agree = make("button", { class: grave ? "primary grave" : "primary", value: "agreed", "data-testid": `${testId}-agree` }, action);
  const dialog = make("dialog", { "data-testid": testId, "aria-labelledby": heading.id });
  const cancel = make("button", { type: "button", onclick: () => dialog.close(), "data-cancel": true }, "Cancel");
  const form = make("form", { method: "dialog", class: "form" }, heading, ...content, make("div", { class: "row" }, cancel, agree));
  dialog.append(form);
  await answered(dialog);
  return dialog.returnValue ? new FormData(form) : null;
}

/** Shows it until it is closed. */
export function answered(dialog) {
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((settle) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      settle();
    });
  });
}

export const field = (label, attributes) => make("label", {}, label, make("input", { autocomplete: "off", ...attributes }));

export const check = (label, attributes) =>
  make("label", { class: "check" }, make("input", { type: "checkbox", ...attributes }), make("span", { dir: "auto" }, label));

export const choice = (name, label, options) =>
  make("select", { name, "aria-label": label }, ...options.map(([value, words]) => make("option", { value }, words)));
