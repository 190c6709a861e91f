/* The Explorer: choose series and a measure, see them, take them away. The state stands in the address.

   explore-rows.js has the arithmetic, explore-draw.js the drawing, explore-find.js the list to choose from. Words of the data enter the page as text alone. */
"use strict";

{
  const { MOST } = explorer;
  const KINDS = [["", "none"], ["law", "laws"], ["campaign", "campaigns"], ["rest", "other measures"], ["all", "all that can touch it"]];
  const READINGS = [
    ["years", "whole years"], ["short", "windows up to a year"], ["all", "every window"], ["none", "only the figure taken"],
  ];
  const HOW = "A dot is a published year, the bar behind it what its wording allows, a hollow mark another figure of the year. "
    + "A pale box is the year's 90 percent band from all windows, broken outlines where readings say little, a dash its "
    + "estimate where nobody published the year. A bar with a length is a reading over its window. Dotted vertical lines: "
    + "what is counted changed. Every count is of recorded enforcement.";
  const root = document.getElementById("explorer-tool"), from = root.dataset.from;
  const parts = {};
  let index, state, drawn = null, turn = 0;

  const { make, marked } = explorer;
  const link = (words, address) => {
    if (!/^(https?:\/\/|[^:]+$)/i.test(address)) return make("span", { textContent: words });
    const node = make("a", { textContent: words });
    node.href = address;
    if (/^https?:/i.test(address)) node.rel = "nofollow noopener";
    return node;
  };
  const entry = id => index.series.find(one => one.id === id);

  /* The state and the address. */
  const read = () => {
    const given = new URLSearchParams(location.hash.slice(1) || location.search);
    const asked = (given.get("s") || "").split(",").filter(Boolean);
    const known = [...new Set(asked)].filter(entry).slice(0, MOST);
    const among = (name, list, other) => list.includes(given.get(name)) ? given.get(name) : other;
    return {
      chosen: known.length || given.has("s") ? known : [...index.opens],
      unknown: asked.filter(id => !entry(id)),
      per: given.get("per") || "",
      scale: among("y", ["log"], "linear"),
      since: Number(given.get("since")) || 0,
      base: Number(given.get("base")) || 0,
      readings: among("readings", READINGS.map(([value]) => value), "years"),
      bands: given.get("bands") !== "0",
      measures: among("measures", KINDS.map(([value]) => value), ""),
    };
  };
  const write = () => {
    const told = new URLSearchParams();
    told.set("s", state.chosen.join(","));
    if (state.per) told.set("per", state.per);
    if (state.scale === "log") told.set("y", "log");
    if (state.since) told.set("since", state.since);
    if (state.base) told.set("base", state.base);
    if (state.readings !== "years") told.set("readings", state.readings);
    if (!state.bands) told.set("bands", "0");
    if (state.measures) told.set("measures", state.measures);
    const hash = `#${told.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%2F", "/")}`;
    if (hash !== location.hash) history.replaceState(null, "", hash);
  };

  const add = id => {
    state.chosen = [...state.chosen, id];
    show();
  };

  /* A choice; `name` is the key of the state that it sets. */
  const choice = (name, words, whole = value => value) => {
    const select = make("select", { name });
    select.addEventListener("change", () => {
      state[name] = whole(select.value);
      show();
    });
    parts[name] = select;
    return make("label", {}, `${words} `, select);
  };
  const fill = (select, options, value) => {
    select.replaceChildren(...options.map(([one, words]) => make("option", { value: one, textContent: words })));
    select.value = String(value);
  };
  const button = (words, act) => {
    const node = make("button", { type: "button", textContent: words });
    node.addEventListener("click", act);
    return node;
  };
  const save = (content, type, name) => {
    const address = URL.createObjectURL(new Blob([content], { type }));
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
  };
  const fileName = ending => `${["explorer", ...state.chosen].join("-").replaceAll("/", "-").slice(0, 120)}.${ending}`;

  const build = () => {
    parts.chosen = make("ul", { className: "explorer-chosen" });
    parts.seen = marked(make("div", { className: "explorer-seen" }), { "aria-live": "polite" });
    parts.figure = make("figure", { className: "explorer-figure" });
    parts.below = make("div", { className: "explorer-below" });
    parts.tables = make("div");
    const bands = make("input", { type: "checkbox", name: "bands" });
    bands.addEventListener("change", () => {
      state.bands = bands.checked;
      show();
    });
    parts.bands = bands;
    const form = make("form", { className: "filters" },
      choice("per", "Figures"), choice("scale", "Scale"), choice("since", "Since", Number),
      choice("base", "Index", Number), choice("readings", "Readings"), choice("measures", "Measures"),
      make("label", { className: "explorer-check" }, bands, " estimates with bands"));
    form.addEventListener("submit", event => event.preventDefault());
    root.replaceChildren(explorer.finder(index, () => state.chosen, add), parts.chosen, form, parts.seen, parts.figure,
      make("p", { className: "explorer-take" },
        button("CSV of what is shown", () => save(explorer.csv(drawn.rows), "text/csv;charset=utf-8", fileName("csv"))),
        button("SVG of what is shown", () => save(explorer.svg(drawn.drawings, drawn.words), "image/svg+xml", fileName("svg")))),
      parts.below, parts.tables);
  };

  const swatch = place => explorer.element("svg",
    { width: 14, height: 14, viewBox: "-7 -7 14 14", "aria-hidden": "true" }, explorer.sign(place));
  const chips = () => parts.chosen.replaceChildren(...state.chosen.map((id, place) => {
    const away = marked(button("×", () => {
      state.chosen = state.chosen.filter(one => one !== id);
      show();
      document.getElementById("explorer-find").focus();
    }), { "aria-label": `Take away ${entry(id).title}` });
    const told = entry(id);
    return make("li", {}, swatch(place), make("span", {}, link(told.title, explorer.page(id)),
      make("small", { textContent: ` ${told.by || told.place}, ${told.unit}${told.fiscal ? ", fiscal years" : ""} ` }),
      link("CSV", explorer.numbers(id))), away);
  }));

  /* The measures that can touch what is shown, of the kind that was chosen, in the order of their dates. */
  const measures = (shown, span) => {
    if (!state.measures || !span) return [];
    const ids = new Set(shown.flatMap(one => one.told.measures));
    const wanted = kind => state.measures === "all" || kind === state.measures
      || (state.measures === "rest" && kind !== "law" && kind !== "campaign");
    return [...ids].map(id => [id, ...index.measures[id]]).filter(one => wanted(one[3]))
      .map(([id, day, title, kind, issuer]) => ({ id, day, title, kind, issuer, at: explorer.dated(day) }))
      .filter(one => one.at >= span[0] && one.at <= span[1])
      .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1)).map((one, number) => ({ ...one, number: number + 1 }));
  };

  /* What the choices offer follows from the series that are chosen. */
  const offer = chosen => {
    const divisors = explorer.divisors(chosen, index), notes = [];
    if (state.per && !divisors.some(([value]) => value === state.per)) {
      notes.push("The denominator asked for is not one of all these series; figures are shown as they are counted.");
      state.per = "";
    }
    const plain = chosen.map(one => explorer.rows(one, { ...state, base: 0, since: 0 }, index));
    const years = [...new Set(plain.flatMap(one => one.years.map(row => row.year)))].sort((a, b) => a - b);
    const bases = explorer.bases(plain).filter(year => year >= state.since);
    if (state.base && !bases.includes(state.base)) {
      notes.push(`${state.base} is not published for all these series, so there is no index.`);
      state.base = 0;
    }
    fill(parts.per, [["", "as counted"], ...divisors], state.per);
    fill(parts.scale, [["linear", "linear"], ["log", "logarithmic"]], state.scale);
    if (state.since && !years.includes(state.since)) years.unshift(state.since);
    fill(parts.since, [[0, "the beginning"], ...years.map(year => [year, year])], state.since);
    fill(parts.base, [[0, "none"], ...bases.map(year => [year, `${year} = 100`])], state.base);
    fill(parts.readings, READINGS, state.readings);
    fill(parts.measures, KINDS, state.measures);
    parts.bands.checked = state.bands;
    return { notes, words: (divisors.find(([value]) => value === state.per) || ["", ""])[1] };
  };

  /* Everything again, from the state. */
  const show = async () => {
    const mine = ++turn;
    write();
    try {
      await Promise.all(state.chosen.map(id => explorer.load(from, id)));
      await Promise.all(state.chosen.flatMap(id => explorer.told.get(id).controls).map(id => explorer.load(from, id)));
    } catch (error) {
      parts.seen.replaceChildren(make("p", { textContent: error.message }));
      return;
    }
    if (mine !== turn) return;
    const chosen = state.chosen.map(entry);
    chips();
    const { notes, words } = offer(chosen);
    write();
    const shown = chosen.map(one => explorer.rows(one, state, index));
    if (state.unknown.length) notes.push(`There is no series ${state.unknown.join(", ")}.`);
    if (!chosen.length) notes.push("Choose a series above.");
    for (const one of shown.filter(found => found.lost.length)) {
      notes.push(`${one.entry.title}: no denominator is published for ${explorer.spans(one.lost)}, so ${one.lost.length > 1 ? "they are" : "it is"} left out.`);
    }
    for (const one of shown.filter(found => found.apart.length)) {
      notes.push(`${one.entry.title}: ${explorer.spans(one.apart)} ${one.apart.length > 1 ? "are" : "is"} no part of the index, for something else was counted.`);
    }
    if (state.base && shown.length > 1) notes.push("Each count is an index of itself: levels of two counts cannot be read against each other.");
    if ((state.per || state.base) && (state.readings === "short" || state.readings === "all")) {
      notes.push("Readings of other windows than whole years are shown as counted only.");
    }
    const unit = one => state.base ? "" : state.per ? `${one.entry.unit} ${words}` : one.entry.unit;
    const seen = shown.map(one => explorer.sentence(one, unit(one)).replace("  ", " ").replace(" ,", ",").replace(/ \./, "."));
    parts.seen.replaceChildren(...seen.map(said => make("p", { textContent: said })),
      ...notes.map(said => make("p", { className: "explorer-note", textContent: said })));
    drawn = { shown, words: { seen, below: [] }, rows: explorer.table(shown, state, words), drawings: [], label: words };
    draw();
    tables(drawn.rows);
  };

  /* The drawings alone, which follow the width of the page. */
  const draw = () => {
    const { shown } = drawn, span = explorer.span(shown), listed = measures(shown, span);
    const places = new Map(state.chosen.map((id, place) => [id, place]));
    const width = Math.max(280, Math.floor(parts.figure.clientWidth));
    drawn.drawings = span ? explorer.panels(shown, state, drawn.label).map(panel => {
      const drawing = explorer.draw(panel, places, state, listed, span, width);
      const titles = panel.shown.map(one => one.entry.title).join("; ");
      marked(drawing, { role: "img", "aria-label": `${panel.title}: ${titles}. The table below holds the figures.` });
      return { title: panel.title, drawing };
    }) : [];
    below(listed);
    parts.figure.replaceChildren(...drawn.drawings.flatMap(one => [
      make("p", { className: "explorer-unit", textContent: one.title }), one.drawing]),
      make("figcaption", { textContent: HOW }));
  };

  /* Below the drawings: denominator and where it is from, measures by their numbers, caveats, how to cite. */
  const below = listed => {
    const { shown } = drawn, told = [];
    const keys = new Set(shown.flatMap(one => one.told.per.filter(([name]) => name === state.per).map(([, key]) => key)));
    for (const key of keys) {
      const one = index.denominators[key], years = Object.keys(one.years);
      const blended = one.blended ? " Fiscal years are a quarter of one calendar year and three of the next where no fiscal year is published." : "";
      told.push(make("p", {}, `Figures are ${one.label} in ${one.place}, published for ${years[0]} to ${years[years.length - 1]}.${blended} The band is that of the count alone. Sources: `,
        ...one.sources.flatMap(([words, address], place) => [place ? ", " : "", link(words, address)]), "."));
    }
    if (state.per.startsWith("of:")) {
      const one = entry(state.per.slice(3));
      told.push(make("p", {}, "Figures are per 100 of ", link(one.title, explorer.page(one.id)),
        `, counted by ${one.by}; intervals are the widest that both wordings allow.`));
    }
    if (listed.length) {
      told.push(make("details", { className: "house", open: listed.length < 9 },
        make("summary", { textContent: `${listed.length} measures that can touch what is shown, by their numbers` }),
        make("ol", {}, ...listed.map(one => make("li", { textContent: `${one.day}: ${one.title} (${one.issuer}; ${one.kind})` })))));
    }
    for (const one of shown) told.push(make("p", { textContent: `${one.entry.title}: ${one.told.caveats}` }));
    told.push(make("p", { textContent: `Cite: ${index.cite} Series ${state.chosen.join(", ")}.` }));
    parts.below.replaceChildren(...told);
    const numbered = listed.map(one => `${one.number} ${one.day} ${one.title}`).join("; ");
    drawn.words.below = [...(numbered ? [`Measures: ${numbered}.`] : []), HOW, index.cite];
  };

  /* The same as a table: rows of years, and rows of readings beside them. */
  const COLUMNS = {
    year: ["series", "period", "printed", "low", "high", "estimate", "lower", "upper", "informed", "divided_by"],
    reading: ["series", "window_start", "window_end", "as_printed", "printed", "low", "high", "standing", "verdict", "source"],
  };
  const NUMBERS = ["printed", "low", "high", "estimate", "lower", "upper", "informed", "divided_by"];
  const grouped = text => text.replace(/^-?\d+/, whole => whole.replace(/\B(?=(?:\d{3})+$)/g, ","));
  const cell = (tag, name, words, more = {}) => make(tag, { className: NUMBERS.includes(name) ? "number" : "", textContent: words, ...more });
  const tables = rows => {
    const words = { year: "Years that are shown", reading: "Readings drawn beside them" };
    parts.tables.replaceChildren(...Object.entries(COLUMNS).flatMap(([kind, columns]) => {
      const mine = rows.filter(row => row.row === kind);
      const filled = columns.filter(name => mine.some(row => row[name] !== ""));
      if (!mine.length) return [];
      const heads = make("tr", {}, ...filled.map(name => cell("th", name, name.replaceAll("_", " "), { scope: "col" })));
      const told = (name, row) => name === "source" ? make("td", {}, link(row.source, row.address))
        : cell("td", name, NUMBERS.includes(name) ? grouped(row[name]) : row[name]);
      const lines = mine.map(row => make("tr", {}, ...filled.map(name => told(name, row))));
      const table = make("table", { className: "house" }, make("thead", {}, heads), make("tbody", {}, ...lines));
      const box = marked(make("div", { className: "table-scroll", tabIndex: 0 }, table), { role: "region", "aria-label": words[kind] });
      return [make("details", { className: "house", open: kind === "year" },
        make("summary", { textContent: `${words[kind]} (${mine.length} rows)` }), box)];
    }));
  };

  explorer.load(from, "index").then(told => {
    index = { ...told, series: explorer.entries(told) };
    build();
    state = read();
    addEventListener("hashchange", () => {
      state = read();
      show();
    });
    let width = 0;
    new ResizeObserver(() => {
      if (drawn && Math.abs(parts.figure.clientWidth - width) > 4) {
        width = parts.figure.clientWidth;
        draw();
      }
    }).observe(parts.figure);
    return show();
  }).catch(error => root.replaceChildren(make("p", { textContent: error.message })));
}
