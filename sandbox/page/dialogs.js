/** A dialog with a form in it. */

/** Its fields when it was agreed to, null when it was closed. */
export function asked(dialog, filled = {}) {
  const form = dialog.querySelector("form");
  form.reset();
  for (const [name, value] of Object.entries(filled)) form.elements[name].value = value;
  dialog.querySelector("[data-cancel]").onclick = () => dialog.close();
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((settle) => {
    const closed = () => settle(dialog.returnValue ? Object.fromEntries(new FormData(form)) : null);
    dialog.addEventListener("close", closed, { once: true });
  });
}

export const withoutBlanks = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value.trim()));
