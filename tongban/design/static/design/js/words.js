// Words and small tools for the other modules. The words themselves come from design/words.html, through gettext.

const words = document.getElementById("words")?.dataset ?? {};

/** The sentence called `name`, with `{key}` filled from `values`. */
export function word(name, values = {}, from = words) {
  return (from[name] ?? "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

const toast = document.getElementById("toast");
let fading;

/** Say something in passing, to the eye and to screen readers. */
export function say(text) {
  if (!toast) return;
  toast.textContent = text;
  clearTimeout(fading);
  fading = setTimeout(() => { toast.textContent = ""; }, 5000);
}

/** Say something to screen readers only: what the eye sees anyway. */
export function aloud(text) {
  const place = document.getElementById("aloud");
  if (place) place.textContent = text;
}

/** The token that Django wants with every POST, taken from any form on the page. */
export function csrf() {
  return document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

/** POST a form's data and give back the status and the JSON; rejects only when there is no connection. */
export async function post(url, data, more = {}) {
  const answer = await fetch(url, {
    method: "POST", body: data, credentials: "same-origin", redirect: "manual",
    headers: { Accept: "application/json", "X-CSRFToken": csrf() }, ...more,
  });
  let body = {};
  try { body = await answer.json(); } catch { /* an answer without words: its status must do */ }
  return { ok: answer.ok, status: answer.type === "opaqueredirect" ? 401 : answer.status, body };
}
