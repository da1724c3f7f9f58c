// Answers while one types in a search form that works without (ARIA 1.2 combobox with a list).
// Unlike the picker it never chooses by itself: Enter searches for what was typed, unless a line was chosen.
import { aloud, word } from "./words.js";

const WAIT = 180;
let number = 0;

class Suggest {
  constructor(input) {
    this.input = input;
    this.found = [];
    this.at = -1;
    this.box = Object.assign(document.createElement("div"), { className: "picker" });
    const focused = document.activeElement === input;
    input.before(this.box);
    this.list = Object.assign(document.createElement("ul"), { id: `suggest-${++number}`, className: "picker__list", hidden: true });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", input.labels?.[0]?.textContent.trim() ?? "");
    this.box.append(input, this.list);
    if (focused) input.focus();
    const marks = { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id };
    for (const [name, value] of Object.entries(marks)) input.setAttribute(name, value);
    this.listen();
  }

  listen() {
    // While Chinese is being composed nothing is asked; the end of it is an input of its own.
    this.input.addEventListener("input", (event) => !event.isComposing && this.soon());
    this.input.addEventListener("compositionend", () => this.soon());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const line = event.target.closest("[role=option]");
      if (line) this.go(Number(line.dataset.at));
    });
  }

  soon() {
    clearTimeout(this.timer);
    this.asked?.abort();
    if (!this.input.value.trim()) this.close();
    else this.timer = setTimeout(() => this.find(), WAIT);
  }

  async find() {
    const words = this.input.value.trim();
    const url = new URL(this.input.dataset.suggest, location.href);
    url.searchParams.set("q", words);
    this.asked = new AbortController();
    try {
      const answer = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin", signal: this.asked.signal });
      if (answer.ok && words === this.input.value.trim()) this.show((await answer.json()).results);
    } catch {
      this.close(); // cancelled by the next letter, or no connection: the form still searches
    }
  }

  show(found) {
    this.found = found;
    this.at = -1;
    this.list.replaceChildren(...found.map((one, at) => this.line(one, at)));
    this.open(found.length > 0 && document.activeElement === this.input);
    aloud(found.length ? word("results", { count: found.length }) : word("noResults"));
  }

  line(one, at) {
    const line = Object.assign(document.createElement("li"), { id: `${this.list.id}-${at}` });
    line.setAttribute("role", "option");
    line.setAttribute("aria-selected", "false");
    line.dataset.at = at;
    line.append(Object.assign(document.createElement("span"), { textContent: one.label }));
    if (one.hint) line.append(Object.assign(document.createElement("span"), { className: "picker__hint", textContent: one.hint }));
    return line;
  }

  key(event) {
    if (event.isComposing) return;
    const moves = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in moves && this.found.length) {
      event.preventDefault();
      if (this.list.hidden) this.open(true);
      this.move(this.at + moves[event.key]);
    } else if (event.key === "Enter" && !this.list.hidden && this.at >= 0) {
      event.preventDefault();
      this.go(this.at);
    } else if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    }
  }

  /** Walk through the lines; beyond the last and before the first stands the field itself. */
  move(to) {
    const count = this.found.length;
    this.at = to < -1 ? count - 1 : to >= count ? -1 : to;
    [...this.list.children].forEach((line, at) => line.setAttribute("aria-selected", String(at === this.at)));
    const line = this.list.children[this.at];
    if (line) {
      this.input.setAttribute("aria-activedescendant", line.id);
      line.scrollIntoView({ block: "nearest" });
    } else this.input.removeAttribute("aria-activedescendant");
  }

  go(at) {
    location.assign(this.found[at].url);
  }

  open(shown) {
    this.list.hidden = !shown;
    this.input.setAttribute("aria-expanded", String(shown));
    if (!shown) this.input.removeAttribute("aria-activedescendant");
  }

  close() {
    clearTimeout(this.timer);
    this.asked?.abort();
    this.open(false);
    this.at = -1;
  }
}

for (const input of document.querySelectorAll("[data-suggest]")) new Suggest(input);
