// The workbench by keyboard: keys of the page, rows, fields, digits. `?` shows what there is.

const help = document.getElementById("keys");
const single = document.documentElement.dataset.keys !== "off"; // WCAG 2.1.4: single keys can be switched off
const FIELDS = "input:not([type=hidden]), select, textarea, button, a[href]";
const NAMES = { " ": "space", Enter: "enter", Escape: "escape", ArrowUp: "up", ArrowDown: "down" };

/** Whether what is typed belongs to the element that has the focus. */
function typing(element) {
  return element?.matches?.("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=button], [type=submit], [type=file])");
}

/** The name of the key pressed, as `data-key` writes it; with Alt the bare key, whatever the layout makes of it. */
function pressed(event) {
  const code = /^(?:Key|Digit)(.)$/.exec(event.code)?.[1];
  const bare = NAMES[event.key] ?? (event.altKey && code ? code : event.key).toLowerCase();
  return (event.ctrlKey || event.metaKey ? "ctrl+" : "") + bare;
}

const seen = (element) => element.getClientRects().length > 0 && !element.disabled;

/** The element that answers to a key: first in the part where the focus is, then on the page. */
function target(key) {
  const all = [...document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`)].filter(seen);
  const open = document.querySelector("dialog[open]");
  const scope = document.activeElement?.closest("[data-key-scope]");
  if (open) return all.find((element) => open.contains(element));
  return all.find((element) => scope?.contains(element)) ?? all.find((element) => !element.closest("[data-key-scope]"));
}

function press(element) {
  if (element.matches("[data-copy-sheet]")) element.dispatchEvent(new CustomEvent("copynext"));
  else if (typing(element)) { element.focus(); element.select?.(); }
  else { element.focus(); element.click(); }
}

/** Whether this element does something of its own with the key. */
function own(element, key) {
  if (element?.matches("button, summary, input[type=checkbox], input[type=radio], input[type=file]") && key === "space") return true;
  return key === "enter" && element?.matches("a, button, summary, input[type=file]");
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  const here = document.activeElement;
  const key = pressed(event);
  const plain = !event.altKey && !key.startsWith("ctrl+");
  if (plain && (!single || typing(here) || own(here, key))) return;
  if (key === "?" && help && !help.open) { event.preventDefault(); list(); help.showModal(); return; }
  if (plain && (digit(event, here) || walk(event, key, here))) return;
  const found = target(key);
  if (!found) return;
  event.preventDefault();
  press(found);
});

// Enter goes to the next field; at the last to the button. Ctrl+Enter sends from anywhere.
document.addEventListener("keydown", (event) => {
  const here = event.target;
  const form = here.closest?.("form");
  if (event.defaultPrevented || event.key !== "Enter" || event.isComposing || !form) return;
  if (event.ctrlKey || event.metaKey) { event.preventDefault(); form.requestSubmit(); return; }
  if (!form.matches("[data-enter-next]") || here.matches("textarea, button, a, summary, input[type=file]")) return;
  event.preventDefault();
  const all = [...form.querySelectorAll(FIELDS)].filter((one) => seen(one) && one.tabIndex >= 0 && !sameGroup(one, here));
  const after = all.filter((one) => one.compareDocumentPosition(here) & (event.shiftKey ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING));
  const next = event.shiftKey ? after[after.length - 1] : after.find((one) => one.matches("input, select, textarea") || one.matches("button:not([type=button])"));
  next?.focus();
  next?.select?.();
});

/** Whether two radios are one question; then Enter leaves it. */
function sameGroup(one, other) {
  return one === other || (one.type === "radio" && other.type === "radio" && one.name === other.name);
}

/** 1 to 9 choose among the radios or boxes of the part that has the focus. */
function digit(event, here) {
  const part = here?.closest?.("[data-digits]") ?? (here === document.body && document.querySelector("[data-digits]"));
  if (!part || !/^[1-9]$/.test(event.key)) return false;
  const choice = [...part.querySelectorAll("input[type=radio], input[type=checkbox]")].filter(seen)[event.key - 1];
  if (!choice) return false;
  event.preventDefault();
  choice.focus();
  choice.click();
  return true;
}

/** j, k and the arrows walk from row to row; x chooses one. */
function walk(event, key, here) {
  const rows = [...document.querySelectorAll("[data-rows] > *")].filter(seen);
  const step = { j: 1, down: 1, k: -1, up: -1 }[key];
  const now = rows.findIndex((row) => row.contains(here));
  if (key === "x" && now >= 0) { rows[now].querySelector("[data-check]")?.click(); return true; }
  if (!step || !rows.length || (now < 0 && here !== document.body && !here.closest("main"))) return false;
  if (here?.matches("input[type=radio]")) return false;
  const row = rows[now < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(Math.max(now + step, 0), rows.length - 1)];
  event.preventDefault();
  (row.querySelector("a[href]") ?? row.querySelector(FIELDS))?.focus();
  return true;
}

/** Fill the help with the keys that the page has now, named as a screen reader would. */
function list() {
  const lines = new Map();
  for (const element of document.querySelectorAll("[data-key]")) {
    if (!seen(element) || lines.has(element.dataset.key)) continue;
    lines.set(element.dataset.key, name(element));
  }
  help.querySelector("[data-keys-list]").replaceChildren(...[...lines].map(([key, text]) => {
    const line = document.createElement("li");
    const shown = document.createElement("kbd");
    shown.textContent = key.length === 1 ? key.toUpperCase() : key;
    line.append(text, shown);
    return line;
  }));
}

function name(element) {
  const given = element.dataset.keyName ?? element.getAttribute("aria-label") ?? element.labels?.[0]?.textContent ?? element.caption?.textContent;
  if (given) return given.trim();
  const copy = element.cloneNode(true);
  copy.querySelectorAll("kbd, .nav__count, svg").forEach((part) => part.remove());
  return copy.textContent.trim();
}
