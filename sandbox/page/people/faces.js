/** A round face with initials, in a colour of its own. */
import { initials } from "../words.js";

const HUES = 12;

export const hueOf = (id) => ((((id * 7) % HUES) + HUES) % HUES) * (360 / HUES);

export function dressFace(face, person) {
  face.textContent = initials(person);
  face.style.setProperty("--hue", hueOf(person.id));
}
