/** Files on their way: chosen, dropped or pasted, shown above the field until they are sent. */
import { byId, icon, make } from "../dom.js";
import { notify } from "../notices.js";
import { sizeOf } from "../words.js";

const LARGEST_BYTES = 50 * 1024 * 1024;
/** What Telegram shows as more than a file, by its type. */
const SHOWN = { "image/png": "photo", "image/jpeg": "photo", "video/mp4": "video", "audio/mpeg": "audio", "audio/mp4": "audio" };
const PICTURES = Object.keys(SHOWN).filter((type) => !type.startsWith("audio/"));
const AS = { photo: "Send as a photo", video: "Send as a video", audio: "Send as music" };

export class Attachments {
  #list = byId("pending");
  #chooser = byId("file-chooser");
  #field = byId("composer");
  #pending = [];
  #asSeen = true;
  #changed;

  constructor({ changed }) {
    this.#changed = changed;
    this.#chooser.addEventListener("change", () => {
      this.add(this.#chooser.files);
      this.#chooser.value = "";
    });
    this.#field.addEventListener("paste", (event) => {
      const { files } = event.clipboardData;
      if (!files.length) return;
      event.preventDefault();
      this.#asSeen = true;
      this.add(files);
    });
    followDrops((files) => {
      this.#asSeen = true;
      this.add(files);
    });
  }

  get any() {
    return this.#pending.length > 0;
  }

  /** `photo` lets only pictures and films be chosen, and sends them as such; `file` sends whatever it is as it is. */
  choose(what) {
    this.#asSeen = what === "photo";
    this.#chooser.accept = this.#asSeen ? PICTURES.join() : "";
    this.#chooser.click();
  }

  add(files) {
    for (const file of files) {
      if (file.size > LARGEST_BYTES) notify("Telegram takes files of at most 50 MB.");
      else if (!file.size) notify("An empty file cannot be sent.");
      else this.#pending.push({ file, kind: (this.#asSeen && SHOWN[file.type]) || "document" });
    }
    this.#draw();
    this.#field.focus();
  }

  /** What was waiting; it is waiting no more. */
  take() {
    const taken = this.#pending;
    this.put([]);
    return taken;
  }

  put(pending) {
    this.#pending = pending;
    this.#draw();
  }

  #draw() {
    this.#list.hidden = !this.any;
    for (const picture of this.#list.querySelectorAll("img")) URL.revokeObjectURL(picture.src);
    this.#list.replaceChildren(...this.#pending.map((one) => this.#row(one)));
    this.#changed();
  }

  #row(one) {
    const { file, kind } = one;
    const face = kind === "photo" ? make("img", { src: URL.createObjectURL(file), alt: "" }) : icon("file");
    const change = () => {
      one.kind = kind === "document" ? shownAs : "document";
      this.#draw();
    };
    const leave = () => {
      this.put(this.#pending.filter((other) => other !== one));
      this.#field.focus();
    };
    const shownAs = SHOWN[file.type];
    const other = kind === "document" ? AS[shownAs] : "Send as a file";
    return make(
      "li",
      { "data-testid": "pending-file" },
      make("span", { class: "tile" }, face),
      make("span", { class: "named" }, make("b", { dir: "auto" }, file.name), make("small", {}, sizeOf(file.size))),
      shownAs ? make("button", { type: "button", class: "quiet", onclick: change }, other) : null,
      make("button", { type: "button", class: "round small", "aria-label": `Leave out ${file.name}`, onclick: leave }, icon("close")),
    );
  }
}

/** The whole chat takes what is dropped; a line over it says so while something hangs above. */
function followDrops(taken) {
  const talk = byId("talk");
  const veil = byId("veil");
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files") && byId("blocked").hidden;
  talk.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    veil.hidden = false;
  });
  talk.addEventListener("dragleave", (event) => {
    if (!talk.contains(event.relatedTarget)) veil.hidden = true;
  });
  talk.addEventListener("drop", (event) => {
    veil.hidden = true;
    if (!carriesFiles(event)) return;
    event.preventDefault();
    taken(event.dataTransfer.files);
  });
}
