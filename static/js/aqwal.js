// Suggestions under the search box and next/previous match. The pages are whole without this.
"use strict";

(() => {
  document.querySelectorAll("input[data-suggest]").forEach(combobox);
  const jumps = document.querySelector("[data-matches]");
  if (jumps) steps(jumps);

  function combobox(input) {
    const list = document.createElement("ul");
    list.id = `${input.id}-offers`;
    list.className = "offers";
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", input.labels[0].textContent);
    list.hidden = true;
    input.after(list);
    for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"],
      ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(name, value);
    let chosen = -1, timer = 0, asked = "", typed = "";

    const close = () => {
      list.hidden = true;
      chosen = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const choose = (at) => {
      const items = [...list.children];
      chosen = (at + items.length + 1) % (items.length + 1);
      items.forEach((item, i) => item.setAttribute("aria-selected", String(i === chosen)));
      if (chosen < items.length) {
        input.setAttribute("aria-activedescendant", items[chosen].id);
        input.value = items[chosen].dataset.text;
      } else {
        input.removeAttribute("aria-activedescendant");
        input.value = typed;
      }
    };
    const show = (found) => {
      list.replaceChildren(...found.map((offer, i) => {
        const item = document.createElement("li");
        item.id = `${list.id}-${i}`;
        item.dataset.text = offer.text;
        item.setAttribute("role", "option");
        item.setAttribute("aria-selected", "false");
        const text = document.createElement("bdi");
        text.textContent = offer.text;
        item.append(text);
        if (offer.what) {
          const what = document.createElement("span");
          what.className = "what";
          what.textContent = offer.what;
          item.append(what);
        }
        item.addEventListener("pointerdown", (event) => {
          event.preventDefault();
          input.value = offer.text;
          input.form.requestSubmit();
        });
        return item;
      }));
      chosen = found.length;
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(Boolean(found.length)));
    };
    const ask = async () => {
      asked = typed = input.value.trim();
      if (asked.length < 2) return close();
      try {
        const answer = await fetch(input.dataset.suggest + encodeURIComponent(asked));
        const found = (await answer.json()).suggestions;
        if (input.value.trim() === asked && document.activeElement === input) show(found);
      } catch { close(); }
    };
    input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 150); });
    input.addEventListener("blur", close);
    input.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !list.hidden) { input.value = typed; close(); event.preventDefault(); }
      else if (event.key === "ArrowDown" && !list.hidden) { choose(chosen + 1); event.preventDefault(); }
      else if (event.key === "ArrowUp" && !list.hidden) { choose(chosen - 1); event.preventDefault(); }
    });
  }

  function steps(nav) {
    const links = [...nav.querySelectorAll("a")];
    if (links.length < 2) return;
    const place = nav.querySelector("[data-place]");
    place.setAttribute("role", "status");
    nav.classList.add("stepping");
    let at = -1;
    const go = (to) => {
      at = (to + links.length) % links.length;
      place.textContent = links[at].dataset.place;
      links[at].click();
    };
    const button = (text, name, by) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "link";
      made.textContent = text;
      made.setAttribute("aria-label", name);
      made.addEventListener("click", () => go(at < 0 && by < 0 ? -1 : at + by));
      nav.append(made);
    };
    button(nav.dataset.previous, nav.dataset.previousName, -1);
    button(nav.dataset.next, nav.dataset.nextName, 1);
  }
})();
