// A field that finds while one types (ARIA 1.2 combobox). Without script it is the select or the text field it was.
import { aloud, say, word } from "./words.js";

const WAIT = 120;
let number = 0;

class Picker {
  constructor(origin) {
    this.origin = origin;
    this.select = origin.matches("select") ? origin : null;
    this.box = document.createElement("div");
    this.box.className = "picker";
    const focused = document.activeElement === origin;
    origin.before(this.box);
    this.input = this.select ? this.standIn() : origin;
    this.list = Object.assign(document.createElement("ul"), { id: `picker-${++number}`, className: "picker__list", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.input.labels?.[0]?.textContent.trim() || this.input.getAttribute("aria-label") || this.input.name);
    this.box.append(this.input, this.list);
    // Moving an element takes the focus from it.
    if (focused) this.input.focus();
    if (this.select) this.box.append(this.select);
    const marks = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id, autocomplete: "off" };
    for (const [name, value] of Object.entries(marks)) this.input.setAttribute(name, value);
    this.found = [];
    this.at = -1;
    this.listen();
  }

  /** A text field in the place of a select, which stays, hidden, to be sent. */
  standIn() {
    const input = Object.assign(document.createElement("input"), { type: "text", className: this.select.className });
    for (const name of ["aria-describedby", "aria-invalid", "placeholder", "data-key"]) {
      if (this.select.hasAttribute(name)) input.setAttribute(name, this.select.getAttribute(name));
    }
    const chosen = this.select.selectedOptions[0];
    input.value = chosen?.value ? chosen.textContent.trim() : "";
    input.id = this.select.id;
    this.select.id += "-select";
    this.select.hidden = true;
    return input;
  }

  listen() {
    this.input.addEventListener("input", (event) => {
      event.stopPropagation(); // what is typed to search is not an answer to be saved
      this.forget();
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.find(), WAIT);
    });
    this.input.addEventListener("change", (event) => event.stopPropagation());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("focus", () => this.select && this.input.select());
    this.input.addEventListener("click", () => this.list.hidden && this.find());
    this.input.addEventListener("blur", () => { this.close(); this.settle(); });
    this.list.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      const option = event.target.closest("[role=option]");
      if (option) this.take(Number(option.dataset.at));
    });
  }

  key(event) {
    const shown = !this.list.hidden;
    const moves = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (event.isComposing) return;
    if (event.key in moves) {
      event.preventDefault();
      if (shown) this.move(this.at + moves[event.key]);
      else this.find();
    } else if (event.key === "Enter" && (shown || this.timer)) {
      event.preventDefault();
      if (shown && this.found.length) this.take(Math.max(this.at, 0));
      else { this.eager = true; }
    } else if (event.key === "Escape" && shown) {
      event.preventDefault();
      this.close();
    } else if (event.key === "Tab" && shown && this.at >= 0) this.take(this.at);
  }

  async find() {
    const words = this.input.value.trim();
    const asked = (this.asked = Symbol("question"));
    let found = [];
    try {
      found = this.origin.dataset.picker ? await this.ask(words) : this.local(words);
    } catch {
      say(word("findFailed"));
    }
    if (asked !== this.asked) return; // an answer to an older question
    this.timer = 0;
    this.found = found;
    if (this.eager && found.length) { this.eager = false; this.take(0); return; }
    this.eager = false;
    if (document.activeElement === this.input) this.show(words);
  }

  async ask(words) {
    const url = new URL(this.origin.dataset.picker, location.href);
    url.searchParams.set("q", words);
    const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error(answer.statusText);
    return (await answer.json()).results;
  }

  /** Look through the select's own options, by what they say and by the words they carry for searching. */
  local(words) {
    const wanted = words.toLowerCase().split(/\s+/);
    const all = [...this.select.options].filter((option) => option.value);
    const hits = all.filter((option) => {
      const text = `${option.textContent} ${option.dataset.search ?? ""} ${option.value}`.toLowerCase();
      return wanted.every((one) => text.includes(one));
    });
    return hits.slice(0, 50).map((option) => ({ value: option.value, label: option.textContent.trim(), hint: option.dataset.hint }));
  }

  show(words) {
    this.list.replaceChildren(...this.found.map((one, at) => this.option(one, at, words)));
    if (!this.found.length) {
      this.list.append(Object.assign(document.createElement("li"), { className: "picker__none", textContent: word("noResults"), role: "presentation" }));
    }
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    aloud(this.found.length ? word("results", { count: this.found.length }) : word("noResults"));
    this.move(this.found.length ? 0 : -1);
  }

  option(one, at, words) {
    const line = Object.assign(document.createElement("li"), { id: `${this.list.id}-${at}` });
    line.setAttribute("role", "option");
    line.dataset.at = at;
    const label = document.createElement("span");
    const start = words ? one.label.toLowerCase().indexOf(words.toLowerCase()) : -1;
    if (start < 0) label.textContent = one.label;
    else {
      const hit = Object.assign(document.createElement("mark"), { textContent: one.label.slice(start, start + words.length) });
      label.append(one.label.slice(0, start), hit, one.label.slice(start + words.length));
    }
    line.append(label);
    if (one.hint) line.append(Object.assign(document.createElement("span"), { className: "picker__hint", textContent: one.hint }));
    return line;
  }

  move(to) {
    this.at = this.found.length ? Math.min(Math.max(to, 0), this.found.length - 1) : -1;
    [...this.list.children].forEach((line, at) => line.role !== "presentation" && line.setAttribute("aria-selected", String(at === this.at)));
    const line = this.list.children[this.at];
    if (this.at >= 0 && line) {
      this.input.setAttribute("aria-activedescendant", line.id);
      line.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  take(at) {
    const one = this.found[at];
    this.close();
    if (one.url) { location.assign(one.url); return; }
    this.input.value = one.label;
    this.set(one.value, one.label);
    this.origin.dispatchEvent(new CustomEvent("picked", { detail: one, bubbles: true }));
  }

  /** What is typed anew no longer means what was chosen before. */
  forget() {
    const field = this.hidden();
    if (field) field.value = "";
  }

  hidden() {
    return this.origin.form?.elements.namedItem(this.origin.dataset.pickerValue);
  }

  set(value, label) {
    const field = this.select ?? this.hidden();
    if (!field) return;
    if (this.select && ![...this.select.options].some((option) => option.value === value)) this.select.add(new Option(label, value));
    field.value = value;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** On leaving, a select's words say again what is chosen. */
  settle() {
    const chosen = this.select?.selectedOptions[0];
    if (this.select) this.input.value = chosen?.value ? chosen.textContent.trim() : "";
  }

  close() {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

for (const origin of document.querySelectorAll("[data-picker]")) new Picker(origin);
