/** A place on a drawn map: no tiles are fetched, the streets are made up from the numbers. */
import { icon, make } from "../dom.js";

const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 320;
const HEIGHT = 160;
const ZOOM = 16;

export function locationCard({ latitude, longitude }) {
  const written = coordinates(latitude, longitude);
  const href = `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=${ZOOM}/${latitude}/${longitude}`;
  return make(
    "a",
    { class: "place", "data-testid": "location", href, target: "_blank", rel: "noopener noreferrer", "aria-label": `Location ${written}: open on a map` },
    streets(latitude, longitude),
    make("span", { class: "needle" }, icon("place")),
    make("span", { class: "coordinates" }, written),
  );
}

/** `52.2297° N, 21.0122° E`. */
function coordinates(latitude, longitude) {
  const side = (degrees, plus, minus) => `${Math.abs(degrees).toFixed(4)}° ${degrees < 0 ? minus : plus}`;
  return `${side(latitude, "N", "S")}, ${side(longitude, "E", "W")}`;
}

function streets(latitude, longitude) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", `0 0 ${WIDTH} ${HEIGHT}`);
  svg.setAttribute("preserveAspectRatio", "xMidYMid slice");
  svg.setAttribute("aria-hidden", "true");
  const step = (number, range) => Math.floor(Math.abs(number * 10_000)) % range;
  const x = 40 + step(longitude, 60);
  const y = 20 + step(latitude, 40);
  const slant = step(latitude + longitude, 50) - 25;
  svg.append(
    shape("water", `M0 ${HEIGHT - y} Q ${WIDTH / 3} ${HEIGHT - y - 30} ${WIDTH / 2} ${HEIGHT} L 0 ${HEIGHT} Z`),
    shape("park", `M${WIDTH - 110} ${y} h 80 v 52 h -80 Z`),
    shape("avenue", `M0 ${HEIGHT / 2 + slant / 2} L ${WIDTH} ${HEIGHT / 2 - slant / 2}`),
    shape("avenue", `M${WIDTH / 2 - slant} 0 L ${WIDTH / 2 + slant} ${HEIGHT}`),
    shape("street", `M${x} 0 L ${x + slant} ${HEIGHT} M${x + 90} 0 L ${x + 90 + slant} ${HEIGHT} M${WIDTH - x} 0 L ${WIDTH - x + slant} ${HEIGHT}`),
    shape("street", `M0 ${y} L ${WIDTH} ${y - slant / 2} M0 ${HEIGHT - y} L ${WIDTH} ${HEIGHT - y - slant / 2}`),
  );
  return svg;
}

function shape(name, path) {
  const node = document.createElementNS(SVG, "path");
  node.setAttribute("class", name);
  node.setAttribute("d", path);
  return node;
}
