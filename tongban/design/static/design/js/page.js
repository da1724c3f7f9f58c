// On every page: focus what is wrong, stop double presses, choose rows, print.
import { word } from "./words.js";

document.querySelector("[data-focus]")?.focus();

// A form is sent once. Coming back to the page by the browser's history opens it again.
const sent = new Set();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || !form.matches("[data-once]")) return;
  if (sent.has(form)) event.preventDefault();
  sent.add(form);
  event.submitter?.setAttribute("aria-disabled", "true");
});
addEventListener("pageshow", () => {
  for (const form of sent) form.querySelectorAll("[aria-disabled]").forEach((one) => one.removeAttribute("aria-disabled"));
  sent.clear();
});

// An error's link puts the cursor into the field, not only the field into view.
document.addEventListener("click", (event) => {
  const link = event.target.closest(".error-summary a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.closest(".field")?.scrollIntoView({ block: "start" });
  field.focus({ preventScroll: true });
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) print();
});

// Rows are chosen one by one, all at once, or with Shift from one to another.
const boxes = () => [...document.querySelectorAll("[data-check]")];
let last;
function count() {
  const all = boxes();
  const chosen = all.filter((box) => box.checked).length;
  for (const head of document.querySelectorAll("[data-check-all]")) {
    head.checked = chosen > 0 && chosen === all.length;
    head.indeterminate = chosen > 0 && chosen < all.length;
  }
  for (const place of document.querySelectorAll("[data-count-selected]")) {
    place.textContent = chosen ? word("selected", { count: chosen }) : "";
  }
}
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-check-all]")) boxes().forEach((box) => { box.checked = event.target.checked; });
  if (event.target.matches("[data-check], [data-check-all]")) count();
});
document.addEventListener("click", (event) => {
  const box = event.target;
  if (!box.matches?.("[data-check]")) return;
  const all = boxes();
  if (event.shiftKey && last) {
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    all.slice(from, to + 1).forEach((one) => { one.checked = box.checked; });
    count();
  }
  last = box;
});
if (boxes().length) count();
