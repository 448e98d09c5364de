/** What an administrator does with topics: open, rename, close, reopen, delete; and hide the general one. */
import { addressOf } from "../address.js";
import { make } from "../dom.js";
import { asked, field } from "../forms.js";
import * as groups from "./groups_api.js";
import { notify } from "../notices.js";

/** Telegram's six, under the names that people see. */
const COLORS = [
  ["Blue", 0x6fb9f0],
  ["Yellow", 0xffd67e],
  ["Violet", 0xcb86db],
  ["Green", 0x8eee98],
  ["Rose", 0xff93b2],
  ["Red", 0xfb6f5f],
];

const NAME = { name: "name", required: true, maxlength: 128, autofocus: true, "data-testid": "topic-name" };

export async function newTopic({ person, chat }) {
  const content = [field("Name", NAME), colors()];
  const filled = await asked({ title: "New topic", action: "Create", testId: "topic-form", content });
  if (!filled) return;
  await settled(async () => {
    const topic = { person, name: filled.get("name"), icon_color: Number(filled.get("icon_color")) };
    const { thread } = await groups.openTopic(chat.chat, topic);
    location.hash = addressOf({ person, chat: chat.chat, thread });
  });
}

function colors() {
  const one = ([name, color], number) => {
    const radio = make("input", { type: "radio", name: "icon_color", value: color, checked: number === 0, "aria-label": name });
    radio.style.setProperty("--topic", `#${color.toString(16).padStart(6, "0")}`);
    return radio;
  };
  return make("fieldset", { class: "colors" }, make("legend", {}, "Colour"), ...COLORS.map(one));
}

export async function renameTopic({ person, chat, topic }) {
  const content = [field("Name", { ...NAME, value: topic.name })];
  const filled = await asked({ title: "Rename the topic", action: "Rename", testId: "topic-form", content });
  if (filled) await changeTopic({ person, chat, topic }, { name: filled.get("name") });
}

export const changeTopic = ({ person, chat, topic }, change) =>
  settled(() => groups.changeTopic(chat.chat, topic.thread, { person, ...change }));

export async function deleteTopic({ person, chat, topic }) {
  const words = `Everything that was said in ${topic.name} goes with it, for everyone.`;
  const sure = await asked({ title: "Delete the topic?", action: "Delete", testId: "delete-topic", grave: true, content: [make("p", {}, words)] });
  if (sure) await settled(() => groups.dropTopic(chat.chat, topic.thread, person));
}

async function settled(deed) {
  try {
    await deed();
  } catch (refusal) {
    notify(refusal.message);
  }
}
