/** A leaving message is gone for everyone but the eye. */
import { calm } from "../dom.js";

const LEAVING_MS = 220;

export async function leave(node) {
  if (calm() || node.className === "day") {
    node.remove();
    return;
  }
  node.removeAttribute("data-testid");
  node.setAttribute("aria-hidden", "true");
  node.inert = true;
  node.classList.add("leaving");
  const height = `${node.offsetHeight}px`;
  const frames = { height: [height, "0px"], opacity: [1, 0], marginTop: ["", "0px"], transform: ["none", "scale(.94)"] };
  await node.animate(frames, { duration: LEAVING_MS, easing: "ease-in" }).finished;
  node.remove();
}
