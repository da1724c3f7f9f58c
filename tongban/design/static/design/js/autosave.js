// A form that saves itself: what changed is posted a moment after it was typed, at once when the field is left.
// Unsaved words live in their fields only, never in the browser's storage: counters are shared machines.
import { post, word } from "./words.js";

const WAIT = 600;
const RETRY = [2000, 5000, 15000, 30000];

class Saver {
  constructor(form) {
    this.form = form;
    this.changed = new Set();
    this.saved = new Map();
    this.tries = 0;
    this.state = form.querySelector("[data-save-state]");
    this.state?.setAttribute("role", "status");
    form.addEventListener("input", (event) => this.note(event.target, WAIT));
    form.addEventListener("change", (event) => this.note(event.target, 0));
    form.addEventListener("submit", () => { this.leaving = true; clearTimeout(this.timer); });
    addEventListener("online", () => this.changed.size && this.soon(0));
    addEventListener("pageshow", () => { this.leaving = false; });
    addEventListener("pagehide", () => this.changed.size && !this.leaving && this.save({ keepalive: true }));
    addEventListener("beforeunload", (event) => { if (this.changed.size && !this.leaving) { event.preventDefault(); event.returnValue = ""; } });
  }

  note(field, wait) {
    if (!field.name || field.type === "file" || field.form !== this.form || field.closest("[data-no-save]")) return;
    if (wait === 0 && !this.changed.has(field.name) && this.saved.get(field.name) === this.value(field.name)) return;
    this.changed.add(field.name);
    this.soon(wait);
  }

  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  /** The fields to send: what changed, and what always goes along. */
  data(names) {
    const whole = new FormData(this.form);
    const sent = new FormData();
    const always = [...this.form.querySelectorAll("[name=version], [name=csrfmiddlewaretoken], [data-always]")].map((one) => one.name);
    for (const name of new Set([...names, ...always])) {
      const values = whole.getAll(name);
      for (const value of values.length ? values : [""]) sent.append(name, value);
    }
    return sent;
  }

  async save(more) {
    if (this.busy && !more) { this.again = true; return; }
    const names = [...this.changed];
    const before = Object.fromEntries(names.map((name) => [name, this.value(name)]));
    this.busy = true;
    this.show("saving", word("saving"));
    try {
      this.heard(await post(this.form.dataset.autosave, this.data(names), more), before);
    } catch {
      this.failed(navigator.onLine ? "failed" : "offline", word(navigator.onLine ? "saveFailed" : "offline"));
    }
    this.busy = false;
    if (this.again) { this.again = false; this.soon(0); }
  }

  value(name) {
    return new FormData(this.form).getAll(name).join("\n");
  }

  heard({ ok, status, body }, before) {
    if (status === 409) return this.show("failed", body.message || word("conflict"));
    if (status === 401 || status === 403) return this.show("failed", word("signedOut"));
    if (status >= 500 || (!ok && !body.errors)) return this.failed("failed", body.message || word("saveFailed"));
    this.tries = 0;
    this.mark(before, body.errors ?? {});
    const version = this.form.elements.version;
    if (version && body.version !== undefined) version.value = body.version;
    const time = body.saved_at ?? new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    if (!this.changed.size) this.show("saved", word("saved", { time }));
    else this.soon(WAIT);
    this.form.dispatchEvent(new CustomEvent("saved", { detail: body, bubbles: true }));
    return undefined;
  }

  /** What was saved is forgotten, unless it changed again meanwhile; what the server found wrong is said at the field. */
  mark(before, errors) {
    for (const [name, value] of Object.entries(before)) {
      if (this.value(name) === value) this.changed.delete(name);
      this.saved.set(name, value);
      this.fault(name, errors[name]);
    }
  }

  fault(name, text) {
    const field = this.form.elements[name];
    const first = field?.length && !field.matches ? field[0] : field;
    const place = first && document.getElementById(`${first.id.replace(/_\d+$/, "")}_error`);
    if (!place) return;
    place.hidden = !text;
    place.textContent = text ?? "";
    place.closest(".field")?.classList.toggle("field--bad", Boolean(text));
    if (text) first.setAttribute("aria-invalid", "true");
    else first.removeAttribute("aria-invalid");
  }

  failed(state, text) {
    this.show(state, text);
    this.soon(RETRY[Math.min(this.tries++, RETRY.length - 1)]);
  }

  show(state, text) {
    if (!this.state) return;
    this.state.dataset.state = state;
    this.state.textContent = text;
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Saver(form);
