/** A person's addresses of one sort: to see, to add to, to take from. */
import { icon, make } from "../dom.js";
import { notify } from "../notices.js";
import * as post from "./post_api.js";

const SORTS = {
  email: {
    plural: "emails",
    none: "No e-mail address yet.",
    wish: "E-mail address",
    article: "an e-mail address",
    input: { type: "email", maxlength: 254 },
  },
  phone: {
    plural: "phones",
    none: "No phone number yet.",
    wish: "Phone number",
    article: "a phone number",
    input: { type: "tel", maxlength: 32 },
  },
};

export class Addresses {
  #sort;
  #person = null;
  #drawn = null;
  #chips = make("ul", { class: "chips" });
  #opener;
  #form;
  node;

  constructor(sort) {
    this.#sort = sort;
    const { wish, article, input } = SORTS[sort];
    const named = { name: "address", "aria-label": wish, placeholder: wish, "data-testid": `new-${sort}` };
    const field = make("input", { ...input, ...named, required: true, autocomplete: "off" });
    const add = make("button", { class: "primary small", "data-testid": `add-${sort}` }, "Add");
    const opening = { "aria-label": `Add ${article}`, "data-testid": `open-${sort}`, onclick: () => this.#open(true) };
    this.#opener = make("button", { type: "button", class: "quiet", ...opening }, icon("add"), "Add");
    this.#form = make("form", { class: "address", hidden: true, onsubmit: (event) => this.#add(event, field) }, field, add);
    this.#form.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.stopPropagation();
      this.#open(false);
    });
    this.node = make("div", { class: "addresses" }, this.#chips, this.#opener, this.#form);
  }

  show(person) {
    const { plural, none } = SORTS[this.#sort];
    const facts = JSON.stringify([person?.id, person?.[plural]]);
    if (facts === this.#drawn) return;
    if (person?.id !== this.#person) this.#hide();
    this.#drawn = facts;
    this.#person = person?.id;
    const known = person?.[plural] ?? [];
    this.#chips.replaceChildren(...known.map((address) => this.#chip(address)));
    if (!known.length) this.#chips.append(make("li", { class: "none" }, none));
  }

  #chip(address) {
    const drop = () => this.#settle(post.dropAddress(this.#person, { [this.#sort]: address }));
    const close = make("button", { type: "button", class: "drop", "aria-label": `Take ${address} away`, onclick: drop }, icon("close"));
    return make("li", { class: "chip" }, make("span", {}, address), close);
  }

  #open(yes) {
    if (!yes) this.#hide();
    this.#form.hidden = !yes;
    this.#opener.hidden = yes;
    (yes ? this.#form.elements.address : this.#opener).focus();
  }

  #hide() {
    this.#form.reset();
    this.#form.hidden = true;
    this.#opener.hidden = false;
  }

  async #add(event, field) {
    event.preventDefault();
    if (await this.#settle(post.addAddress(this.#person, { [this.#sort]: field.value.trim() }))) this.#open(false);
  }

  async #settle(change) {
    try {
      await change;
      return true;
    } catch (refusal) {
      notify(refusal.message);
      return false;
    }
  }
}
