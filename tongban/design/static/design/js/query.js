// Following a case from the QR code: number and code arrive behind the #, which browsers never send to a server.
// They go into the form, out of the address bar and its history, and are posted.

const form = document.querySelector("form[data-query-form]");

const follow = () => {
  const given = new URLSearchParams(location.hash.slice(1));
  if (!form || !given.get("c") || !given.get("k")) return;
  history.replaceState(null, "", location.pathname + location.search);
  form.elements[form.dataset.case || "case"].value = given.get("c");
  form.elements[form.dataset.code || "code"].value = given.get("k");
  form.requestSubmit();
};

follow();
// A second code, scanned while the page is open, changes the fragment only.
addEventListener("hashchange", follow);
