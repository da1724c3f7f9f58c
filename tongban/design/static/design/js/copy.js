// Copying: a button for each value, and one key that copies the next value down a sheet.
import { say, word } from "./words.js";

/** Copy a text; where the browser offers no clipboard (plain http in an office network), through a selection. */
async function copy(text) {
  if (navigator.clipboard && isSecureContext) return navigator.clipboard.writeText(text);
  const area = Object.assign(document.createElement("textarea"), { value: text, className: "visually-hidden", readOnly: true });
  const back = document.activeElement;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  back?.focus();
  if (!done) throw new Error("refused");
  return undefined;
}

async function press(button) {
  try {
    await copy(button.dataset.copy);
  } catch {
    say(word("copyFailed"));
    return;
  }
  button.dataset.copied = "";
  const row = button.closest("[data-copy-row]");
  row?.classList.add("is-copied");
  say(word("copied", { label: button.dataset.copyLabel }));
  if (row) point(row.closest("[data-copy-sheet]"), row);
  button.dispatchEvent(new CustomEvent("copied", { bubbles: true }));
}

const rows = (sheet) => [...sheet.querySelectorAll("[data-copy-row]")];

/** Mark the row after this one as the next to copy. */
function point(sheet, row) {
  if (!sheet) return;
  const all = rows(sheet);
  const next = all[all.indexOf(row) + 1];
  all.forEach((one) => one.classList.toggle("is-next", one === next));
  next?.scrollIntoView({ block: "nearest" });
}

for (const button of document.querySelectorAll("[data-copy]")) button.hidden = false;
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-copy]");
  if (button) press(button);
});
for (const sheet of document.querySelectorAll("[data-copy-sheet]")) {
  rows(sheet)[0]?.classList.add("is-next");
  sheet.addEventListener("copynext", () => {
    const next = sheet.querySelector(".is-next [data-copy]");
    if (next) press(next);
    else say(word("copyEnd"));
  });
}
