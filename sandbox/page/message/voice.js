/** Sounds: a voice message and a song, of which one plays at a time. */
import { fileAddress } from "../api.js";
import { icon, make } from "../dom.js";
import { notify } from "../notices.js";
import { isMadeUp } from "./pictures.js";
import { lengthOf, sizeOf } from "../words.js";

/** What is played now: `{ key, sound, line }`; the line changes when its message is drawn anew. */
let playing = null;

export function voice(sound, { message_id }) {
  const wave = make("span", { class: "wave", "aria-hidden": "true" });
  const node = make("div", { class: "voice", role: "group", "aria-label": "Voice message", "data-testid": "voice" });
  node.append(button(node, sound, message_id, "voice message"), make("span", { class: "heard" }, wave, clock(sound)));
  return taken(node, sound, message_id);
}

export function song(sound, { message_id }) {
  const title = sound.title || sound.file_name || "Audio";
  const facts = [sound.performer, sizeOf(sound.file_size)].filter(Boolean).join(" · ");
  const node = make("div", { class: "voice song", role: "group", "aria-label": `Audio: ${title}`, "data-testid": "audio" });
  const named = make("span", { class: "named" }, make("b", { dir: "auto" }, title), make("small", {}, clock(sound), ` · ${facts}`));
  node.append(button(node, sound, message_id, title), named);
  return taken(node, sound, message_id);
}

const keyOf = (sound, messageId) => `${messageId} ${sound.file_id}`;
const clock = ({ duration }) => make("span", { class: "length", "data-length": lengthOf(duration) }, lengthOf(duration));

function button(line, sound, messageId, name) {
  const toggle = () => press(line, sound, messageId);
  return make("button", { type: "button", class: "play", "aria-label": `Play the ${name}`, "aria-pressed": "false", "data-testid": "play-sound", onclick: toggle }, icon("play"));
}

function taken(line, sound, messageId) {
  if (playing?.key === keyOf(sound, messageId)) {
    playing.line = line;
    show(true);
  }
  return line;
}

async function press(line, sound, messageId) {
  const key = keyOf(sound, messageId);
  const again = playing?.key === key;
  stop();
  if (again) return;
  if (isMadeUp(sound)) {
    notify("A made-up recording: there is nothing to hear.");
    return;
  }
  const player = new Audio(fileAddress(sound.file_id));
  const own = { key, sound: player, line };
  playing = own;
  player.addEventListener("timeupdate", () => playing === own && show(true));
  player.addEventListener("ended", () => playing === own && stop());
  show(true);
  try {
    await player.play();
  } catch {
    if (playing !== own) return;
    stop();
    notify("This browser cannot play that recording.");
  }
}

function stop() {
  if (!playing) return;
  playing.sound.pause();
  show(false);
  playing = null;
}

function show(yes) {
  const { line, sound } = playing;
  const pressed = line.querySelector(".play");
  const length = line.querySelector(".length");
  const part = yes && sound.duration ? sound.currentTime / sound.duration : 0;
  line.classList.toggle("playing", yes);
  line.style.setProperty("--played", `${(part * 100).toFixed(1)}%`);
  pressed.setAttribute("aria-pressed", String(yes));
  pressed.replaceChildren(icon(yes ? "pause" : "play"));
  length.textContent = yes ? lengthOf(sound.currentTime) : length.dataset.length;
}
