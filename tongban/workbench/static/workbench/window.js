// The window: beginning with the item picked, fields that belong to an answer, all originals seen with one key,
// and what a save answers put on the page. Everything here also works, by a load of the page, without script.

for (const form of document.querySelectorAll("form[data-begin]")) {
  form.addEventListener("picked", (event) => event.detail.value && form.requestSubmit());
}

const draft = document.getElementById("draft");

function chosen(name) {
  const found = draft.elements[name];
  return found?.value ?? "";
}

/** Show what belongs to an answer only with that answer. */
function settle() {
  for (const part of draft.querySelectorAll("[data-when]")) {
    part.hidden = !part.dataset.is.split(" ").includes(chosen(part.dataset.when));
  }
}

/** Unfold the pages of what is handed in: they have to come. */
function unfold(event) {
  const part = draft.querySelector(`[data-opens="${CSS.escape(event.target.name ?? "")}"]`);
  if (part && part.dataset.is.split(" ").includes(event.target.value)) part.open = true;
}

/** Mark every material that is asked for and not answered yet as seen in the original. */
function seeAll() {
  for (const material of draft.querySelectorAll("[data-material]:not([hidden])")) {
    const radios = [...material.querySelectorAll('input[type=radio][name^="enclosed."]')];
    const seen = radios.find((radio) => radio.value === "seen");
    if (!seen || radios.some((radio) => radio.checked)) continue;
    seen.checked = true;
    seen.dispatchEvent(new Event("change", { bubbles: true }));
  }
}

/** Put what follows from what was saved where it belongs. */
function follow({ asked, shown }) {
  for (const [id, html] of Object.entries(shown ?? {})) {
    const place = document.getElementById(id);
    if (place && place.innerHTML !== html) place.innerHTML = html;
  }
  for (const material of asked ? draft.querySelectorAll("[data-material]") : []) {
    material.hidden = !asked.includes(material.dataset.material);
  }
}

if (draft) {
  settle();
  draft.addEventListener("change", (event) => { settle(); unfold(event); });
  draft.addEventListener("saved", (event) => follow(event.detail));
  draft.addEventListener("picked", (event) => {
    if (event.target.id === "place-words") draft.elements.place_was.value = event.detail.label;
  });
  draft.querySelector("[data-all-seen]").addEventListener("click", (event) => { event.preventDefault(); seeAll(); });
  // A page was sent: ask what is lacking now.
  draft.addEventListener("pages", (event) => {
    const how = event.target.closest("[data-material]")?.querySelector("input[type=radio]:checked") ?? draft.elements.touch;
    how.dispatchEvent(new Event("input", { bubbles: true }));
  });
  // A link to a field inside something folded opens it first.
  draft.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    for (let part = field.closest("details"); part; part = part.parentElement.closest("details")) part.open = true;
    field.focus();
    field.scrollIntoView({ block: "center" });
  });
  // Begin where the first answer is wanted; after a load for errors, the summary has the focus already.
  if (!document.querySelector(".error-summary") && !location.hash) {
    const open = [...draft.querySelectorAll("fieldset")].find((group) => group.getClientRects().length && !group.querySelector(":checked"));
    (open?.querySelector("input") ?? document.getElementById("place-words"))?.focus({ preventScroll: true });
  }
}
