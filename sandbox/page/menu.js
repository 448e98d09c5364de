/** A button and the menu it opens: arrows walk, Escape and a click elsewhere close. */

export function menu(button, list) {
  const choices = () => [...list.querySelectorAll("[role^=menuitem]:not([hidden])")];

  function open(yes) {
    list.hidden = !yes;
    button.setAttribute("aria-expanded", String(yes));
    if (yes) choices()[0]?.focus();
  }

  button.addEventListener("click", () => open(list.hidden));
  list.addEventListener("click", (event) => event.target.closest("[role^=menuitem]") && open(false));
  document.addEventListener("pointerdown", (event) => {
    if (!list.contains(event.target) && !button.contains(event.target)) open(false);
  });
  list.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !list.contains(event.relatedTarget) && event.relatedTarget !== button) open(false);
  });
  list.addEventListener("keydown", (event) => {
    const all = choices();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
    } else if (event.key === "Escape") {
      open(false);
      button.focus();
    }
  });
}
