/** A film or a moving picture: its first frame until it is pressed, then the browser's own player. */
import { fileAddress } from "../api.js";
import { icon, make } from "../dom.js";
import { notify } from "../notices.js";
import { isMadeUp, reserveRoom } from "./pictures.js";
import { lengthOf } from "../words.js";

export function film(clip, name) {
  const { file_id, duration, thumbnail } = clip;
  const moving = name === "GIF";
  const player = make("video", { preload: "none", playsinline: true, width: clip.width, height: clip.height, loop: moving, "aria-label": name });
  reserveRoom(player, clip);
  if (thumbnail) player.poster = fileAddress(thumbnail.file_id);
  const badge = make("span", { class: "badge" }, moving ? "GIF" : lengthOf(duration));
  const words = moving ? "Play the GIF" : `Play the video, ${lengthOf(duration)}`;
  const start = make("button", { type: "button", class: "start", "aria-label": words, "data-testid": "play-video" }, make("span", { class: "play" }, icon("play")));
  const node = make("div", { class: "film", "data-testid": "video" }, player, start, badge);
  player.muted = moving;
  start.addEventListener("click", () => play(node, player, isMadeUp(clip) ? null : fileAddress(file_id)));
  return node;
}

async function play(node, player, address) {
  if (!address) {
    notify("A made-up video: there is nothing to see.");
    return;
  }
  player.src = address;
  player.controls = true;
  node.classList.add("playing");
  try {
    await player.play();
    player.focus();
  } catch {
    node.classList.remove("playing");
    player.controls = false;
    notify("This browser cannot play that video.");
  }
}
