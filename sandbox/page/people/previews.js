/** The last words of a chat, as a list of chats shows them. */
import { serviceWords } from "../message/service.js";
import { previewOf } from "../words.js";

/** In a group it is also said who spoke. */
export function lastWords(message, me, isGroup = false) {
  if (!message) return "No messages yet";
  const isMine = message.sender.id === me;
  if (message.service && message.kind !== "successful_payment") return serviceWords(message, isMine ? "You" : message.sender.first_name);
  const speaker = isMine ? "You: " : isGroup ? `${message.sender.first_name}: ` : "";
  return `${speaker}${previewOf(message)}`;
}
