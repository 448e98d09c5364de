/** Mail and SMS, the newest first: one function per call. `whose` is `{ person }` or `{ nobodys: true }`. */
import { ask, tell } from "../api.js";

export const mails = async (whose) => (await ask("/sim/mail", whose)).mails.reverse();
export const mail = (id) => ask(`/sim/mail/${id}`);
export const readMail = (id) => tell("/sim/mail/read", { mail: id });
export const mailPage = (id) => `/sim/mail/${id}/html`;
export const mailSource = (id) => `/sim/mail/${id}/source`;
export const attachment = (id, index) => `/sim/mail/${id}/attachments/${index}`;

export const messages = async (whose) => (await ask("/sim/sms", whose)).messages.reverse();
export const readSms = (id) => tell("/sim/sms/read", { sms: id });
export const giveReceipt = (id, delivered) => tell(`/sim/sms/${id}/receipt`, { delivered });

/** `address` is `{ email }` or `{ phone }`. */
export const addAddress = (person, address) => tell(`/sim/people/${person}/addresses`, address);
export const dropAddress = (person, address) => tell(`/sim/people/${person}/addresses`, address, "DELETE");
