/** Light, dark, or as the system has it; the choice is remembered. */
import { byId } from "./dom.js";
import { menu } from "./menu.js";

const GROUNDS = { light: "#ffffff", dark: "#141d20" };
const DARK = matchMedia("(prefers-color-scheme: dark)");

export function offerLooks() {
  const choices = [...byId("look-menu").querySelectorAll("[data-look]")];

  function show(look) {
    document.documentElement.dataset.look = look;
    for (const choice of choices) choice.setAttribute("aria-checked", String(choice.dataset.look === look));
    const seen = look === "system" ? (DARK.matches ? "dark" : "light") : look;
    byId("ground").content = GROUNDS[seen];
  }

  menu(byId("look"), byId("look-menu"));
  byId("look-menu").addEventListener("click", (event) => {
    const look = event.target.closest("[data-look]")?.dataset.look;
    if (!look) return;
    localStorage.setItem("look", look);
    show(look);
    byId("look").focus();
  });
  DARK.addEventListener("change", () => show(document.documentElement.dataset.look));
  show(document.documentElement.dataset.look);
}
