/* The Explorer's finder, and how its elements are made: words of the data enter the page as text alone. */
"use strict";

{
  const MOST = 4, SHOWN = 60; // series at once; names offered at once
  const make = (tag, given = {}, ...inside) => {
    const node = Object.assign(document.createElement(tag), given);
    node.append(...inside.filter(one => one !== null && one !== undefined));
    return node;
  };
  const marked = (node, attributes) => {
    Object.entries(attributes).forEach(([name, value]) => node.setAttribute(name, value));
    return node;
  };
  Object.assign(explorer, { MOST, make, marked });

  /* The finder: a combobox whose list holds the series that match every word. */
  explorer.finder = (index, chosen, add) => {
    const input = marked(make("input", { type: "text", id: "explorer-find", autocomplete: "off", spellcheck: false }), {
      role: "combobox", "aria-expanded": "false", "aria-controls": "explorer-list", "aria-autocomplete": "list",
      placeholder: "words, such as: seizures China",
    });
    const list = marked(make("ul", { id: "explorer-list", hidden: true }), { role: "listbox", "aria-label": "Series" });
    const count = make("output", { className: "explorer-count" });
    let found = [], at = -1;
    const words = one => `${one.title} ${one.id} ${one.counts} ${one.by} ${one.place} ${one.unit} ${index.groups[one.group]}`
      .toLowerCase();
    const point = place => {
      at = place;
      [...list.children].forEach((node, number) => node.setAttribute("aria-selected", String(number === at)));
      if (at < 0) return input.removeAttribute("aria-activedescendant");
      input.setAttribute("aria-activedescendant", list.children[at].id);
      return list.children[at].scrollIntoView({ block: "nearest" });
    };
    const close = () => {
      list.hidden = true;
      input.setAttribute("aria-expanded", "false");
      point(-1);
    };
    const open = () => {
      const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      const all = index.series.filter(one => !chosen().includes(one.id) && wanted.every(word => words(one).includes(word)));
      found = all.slice(0, SHOWN);
      list.replaceChildren(...found.map((one, number) => {
        const years = one.since ? `${one.since} to ${one.until}` : "no whole year";
        const node = marked(make("li", { id: `explorer-option-${number}` },
          make("span", { textContent: one.title }),
          make("small", { textContent: `${one.by || one.place} · ${one.unit} · ${years}` })), { role: "option" });
        node.addEventListener("mousedown", event => event.preventDefault());
        node.addEventListener("click", () => pick(number));
        return node;
      }));
      count.textContent = all.length > SHOWN ? `${all.length} series match; the first ${SHOWN} are listed` : `${all.length} series match`;
      list.hidden = !found.length;
      input.setAttribute("aria-expanded", String(!!found.length));
      point(-1);
    };
    const pick = number => {
      if (chosen().length >= MOST) {
        count.textContent = `${MOST} series are shown at most; take one away first`;
        return;
      }
      input.value = "";
      count.textContent = `${found[number].title} is added`;
      close();
      add(found[number].id);
    };
    input.addEventListener("input", open);
    input.addEventListener("focus", open);
    input.addEventListener("blur", close);
    input.addEventListener("keydown", event => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) {
        if (list.hidden) open();
        else if (found.length) point((at + step + found.length) % found.length);
      } else if (event.key === "Enter" && !list.hidden && found.length) pick(Math.max(at, 0));
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    return make("div", { className: "explorer-find" },
      make("label", { htmlFor: "explorer-find", textContent: `Add a series (up to ${MOST})` }), input, list, count);
  };
}
