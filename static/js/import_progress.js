// Brings the progress of an import up to date every two seconds until it has ended. Without
// scripts the page reloads itself instead.
"use strict";

(() => {
  const PAUSE = 2000;
  const place = () => document.getElementById("import-progress");

  const heard = () => document.getElementById("import-state");

  async function look() {
    try {
      const answer = await fetch(location.href, { credentials: "same-origin" });
      if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById("import-progress");
      if (!found) return;
      place().replaceWith(found);
      const said = found.querySelector(".state").textContent;
      // Screen readers hear of a change of state, not of every figure.
      if (heard().textContent !== said) heard().textContent = said;
    } catch {
      // The server may be restarting; the import goes on without it.
    }
    if ("underWay" in place().dataset) setTimeout(look, PAUSE);
  }

  if ("underWay" in place().dataset) setTimeout(look, PAUSE);
})();
