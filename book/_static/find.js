// The figure finder: readings by number, word and year. Whatever comes from the data is set as text, never as markup.
(() => {
  "use strict";
  const SCALES = {
    万亿: 1e12, 亿: 1e8, 千万: 1e7, 百万: 1e6, 万: 1e4, 千: 1e3,
    thousand: 1e3, k: 1e3, million: 1e6, mn: 1e6, m: 1e6, billion: 1e9, bn: 1e9, trillion: 1e12,
  };
  const NUMBER = new RegExp(
    "(\\d{1,3}(?:[ ,'\\u00a0\\u2009\\u202f]\\d{3})+(?:\\.\\d+)?|\\d+(?:\\.\\d+)?)\\s*(" +
    Object.keys(SCALES).join("|") + ")?(?![a-z\\d])", "g");
  const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/;
  const HAN = /\p{Script=Han}+/gu;
  const HEDGES = /[余多约近超过以上]+/gu;
  // Words without which a question asks the same: the smallest, and hedges, as HEDGES of Chinese.
  const SMALL = new Set(["a", "and", "by", "for", "from", "in", "of", "on", "or", "the", "to", "since", "until", "between",
    "more", "than", "over", "under", "about", "around", "nearly", "almost", "some", "up", "at", "least", "most"]);
  const PAGE = 30, NEAR = 0.05, FEW = 5;
  const FIRST_YEAR = 1980, LAST_YEAR = 2100;

  const plain = text => text.normalize("NFKC").toLowerCase();
  const same = (a, b) => Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b));
  const stem = word => word.length > 3 && word.endsWith("s") ? word.slice(0, -1) : word;
  const pairs = run => run.length < 2 ? [run] : [...run].slice(1).map((one, at) => [...run][at] + one);

  // What is asked: numbers with their size, years, ids, words and runs of Chinese.
  function ask(text) {
    const asked = { numbers: [], words: [], runs: [] };
    let rest = plain(text).replace(/[$€£¥%“”"?!;:()]/g, " ");
    for (const word of rest.split(/\s+/)) if (ID.test(word)) { asked.words.push(word); rest = rest.replace(word, " "); }
    rest = rest.replace(NUMBER, (_, digits, scale) => {
      const written = digits.replace(/[^\d.]/g, ""), value = Number(written) * (scale ? SCALES[scale] : 1);
      const year = !scale && /^\d{4}$/.test(digits) && value >= FIRST_YEAR && value <= LAST_YEAR;
      asked.numbers.push({ value, year });
      return " ";
    });
    rest = rest.replace(HEDGES, " ").replace(HAN, run => { asked.runs.push({ run, pairs: pairs(run) }); return " "; });
    asked.words.push(...rest.split(/[^\p{L}\p{N}-]+/u).filter(word => word && !SMALL.has(word)).map(stem));
    return asked;
  }

  // Rows with names, and the text that words are looked for in.
  function read(index) {
    const at = Object.fromEntries(index.fields.map((name, place) => [name, place]));
    return index.readings.map(row => {
      const one = Object.fromEntries(index.fields.map(name => [name, row[at[name]]]));
      one.what = index.what[one.what]; one.who = index.who[one.who]; one.source = index.source[one.source];
      one.series = one.series.map(place => index.series[place]);
      one.why = one.why < 0 ? "" : index.why[one.why][0];
      const words = [one.id, one.printed, one.says, one.window, one.place, ...one.what, ...one.who, ...one.source,
        ...one.series.flat(), index.also[one.also][0]];
      one.text = " " + plain(words.join(" "));
      return one;
    });
  }

  // Is a window exactly a year, be it a calendar year or a US fiscal one?
  const whole = (window, year) => window === `${year}` || window === `1 October ${year - 1} to 30 September ${year}`;

  // How well a reading answers; below nothing where a part of the question is not met.
  function score(one, asked) {
    let sum = 0;
    for (const { value, year } of asked.numbers) {
      if (one.values.some(held => same(held, value))) sum += year ? 3 : 10;
      else if (year && whole(one.window, value)) sum += 6;
      else if (year && one.first <= value && value <= one.last) sum += one.first === one.last ? 4 : 2;
      else if (year && one.source[2].startsWith(String(value))) sum += 1;
      else return -1;
    }
    for (const word of asked.words) {
      if (one.text.includes(` ${word}`)) sum += 2;
      else if (word.length > 3 && one.text.includes(word)) sum += 1;
      else return -1;
    }
    for (const { run, pairs: held } of asked.runs) {
      const met = held.filter(pair => one.text.includes(pair)).length / held.length;
      if (met < 0.5) return -1;
      sum += 2 * met + (one.text.includes(run) ? 2 : 0);
    }
    return sum;
  }

  function search(readings, text) {
    const asked = ask(text);
    if (!asked.numbers.length && !asked.words.length && !asked.runs.length) return { found: [], near: false };
    const found = rank(readings, one => score(one, asked));
    const sizes = asked.numbers.filter(one => !one.year);
    if (found.length || !sizes.length) return { found, near: false };
    const together = sizes.length > 1 ? inOneText(readings, asked, sizes) : [];
    if (together.length) return { found: together, near: false, together: true };
    const wide = { ...asked, numbers: asked.numbers.filter(one => one.year) };
    const apart = one => Math.max(...sizes.map(({ value }) =>
      Math.min(...one.values.map(held => Math.abs(held - value) / Math.max(Math.abs(value), 1)))));
    const near = rank(readings, one => {
      const rest = score(one, wide), far = apart(one);
      return rest < 0 || far > NEAR ? -1 : rest + 1 - far;
    });
    return { found: near.slice(0, FEW), near: true };
  }

  // "24 of 51": no reading has both numbers, but a text may have a reading of each.
  function inOneText(readings, asked, sizes) {
    const rest = asked.numbers.filter(one => one.year);
    const parts = sizes.map(size => ({ ...asked, numbers: [size, ...rest] }));
    const texts = parts.map(one => new Set(readings.filter(row => score(row, one) >= 0).map(row => row.source[0])));
    const all = one => texts.every(held => held.has(one.source[0]));
    return rank(readings, one => all(one) ? Math.max(...parts.map(part => score(one, part))) : -1);
  }

  // What follows from a table or a percentage. Of a share a question must name the place and the year, of a spot check
  // both numbers, and neither may hold a word or a number that is not its own.
  function computed(made, text) {
    const asked = ask(text);
    const years = asked.numbers.filter(one => one.year), sizes = asked.numbers.filter(one => !one.year);
    if (asked.runs.length) return [];
    return made.filter(([what, year, , , , , values]) => {
      const words = ` ${plain(what).replace(/[(),:]/g, " ")} fy customs cbp fake counterfeit genuine items goods`;
      const named = plain(what).split(",")[0].split(" ").every(word => word === "the" || asked.words.includes(stem(word)));
      return asked.words.every(word => words.includes(` ${word}`)) && years.every(one => one.value === year)
        && sizes.every(one => values.some(held => same(held, one.value)))
        && (values.length ? sizes.length === 2 : named && years.length === 1);
    });
  }

  function rank(readings, value) {
    // Of equal answers first what may be quoted, has a series and is of a whole country, then the latest.
    const worth = one => (one.series.length ? 1 : 0) + (one.place.includes("-") ? 0 : 0.5) - 0.5 * one.word;
    return readings.map(one => [value(one), one]).filter(([sum]) => sum >= 0)
      .map(([sum, one]) => [sum + worth(one), one])
      .sort(([a, x], [b, y]) => b - a || y.last - x.last || (x.id < y.id ? -1 : 1)).map(([, one]) => one);
  }

  const part = (tag, css, ...inner) => {
    const made = document.createElement(tag);
    if (css) made.className = css;
    made.append(...inner.filter(one => one !== ""));
    return made;
  };
  const link = (text, address) => {
    const made = part("a", "", text);
    made.setAttribute("href", address);
    return made;
  };
  const readingAddress = one => `../sources/${encodeURIComponent(one.source[0])}.html#${encodeURIComponent(one.id)}`;
  const seriesAddress = name => {
    const [family, unit] = name.split("/");
    return `../series/${encodeURIComponent(family)}.html${unit ? `#${encodeURIComponent(unit)}` : ""}`;
  };
  const joined = (links, between) => links.flatMap((one, at) => at ? [between, one] : [one]);

  function madeShown([what, , says, page, source, who, , divided, told]) {
    return part("li", "",
      part("p", "find-made", link(says, page), part("span", "aside", "computed")),
      part("p", "", what),
      ...(divided ? [part("p", "", divided)] : []),
      part("p", "aside", "From ", link(who, source), ...(told.length ? ["; told in ", link(...told)] : [])));
  }

  function shown(one, byId, words) {
    const others = one.others.filter(name => byId.has(name)).map(name => byId.get(name));
    const css = ["yes", "with", "no"][one.word];
    const item = part("li", "",
      part("p", "find-head", link(one.printed, readingAddress(one)), part("span", "aside", one.says),
        part("span", `quoting ${css}`, words[one.word])),
      part("p", "", `${one.window}: ${one.what[1]}; by ${one.who[1]} (${one.place})`),
      part("p", "aside", `${one.source[1]}, ${one.source[2]} (${one.source[3]})`));
    if (one.why || others.length) {
      const told = others.map(other => link(`${other.printed}, ${other.window} (${other.id})`, readingAddress(other)));
      item.append(part("p", "aside", one.why, one.why && told.length ? ": " : "", ...joined(told, "; ")));
    }
    if (one.series.length) {
      const told = one.series.map(([name, title]) => link(title, seriesAddress(name)));
      item.append(part("p", "aside", "Series: ", ...joined(told, "; ")));
    }
    return item;
  }

  function run(form) {
    const box = form.querySelector("input"), said = document.getElementById("find-said");
    const list = document.getElementById("find-list"), more = document.getElementById("find-more");
    const index = window.findIndex;
    if (!index) { said.textContent = "The index of readings could not be loaded."; return; }
    const readings = read(index), byId = new Map(readings.map(one => [one.id, one]));
    let found = [], count = 0;
    const grow = () => {
      const next = found.slice(count, count + PAGE).map(one => shown(one, byId, index.words));
      list.append(...next);
      count += next.length;
      more.hidden = count >= found.length;
      return next[0];
    };
    const answer = () => {
      const started = performance.now(), text = box.value.trim(), answered = search(readings, text);
      found = answered.found;
      count = 0;
      const made = computed(index.made, text);
      list.replaceChildren(...made.map(madeShown));
      grow();
      const number = `${found.length.toLocaleString("en")} ${found.length === 1 ? "reading" : "readings"}`;
      const figures = `${made.length} computed ${made.length === 1 ? "figure" : "figures"}`;
      said.textContent = !text ? `${readings.length.toLocaleString("en")} readings to search`
        : answered.near && found.length ? `No reading has that value; the nearest ${number}:`
        : made.length ? `${figures}, ${number}`
        : answered.together ? `No reading has all these numbers; ${number} of texts that have each of them:`
        : number;
      form.dataset.milliseconds = String(performance.now() - started);
    };
    const keep = () => {
      const text = box.value.trim(), address = new URL(location.href);
      text ? address.searchParams.set("q", text) : address.searchParams.delete("q");
      try { history.replaceState(null, "", address); } catch { /* a page from a folder keeps its address */ }
    };
    const restore = () => { box.value = new URLSearchParams(location.search).get("q") || ""; answer(); };
    box.addEventListener("input", () => { answer(); keep(); });
    form.addEventListener("submit", event => { event.preventDefault(); answer(); keep(); });
    more.addEventListener("click", () => { const first = grow(); first?.querySelector("a")?.focus(); });
    addEventListener("popstate", restore);
    restore();
    box.focus({ preventScroll: true });
  }

  // The book's own search knows words only; it hands its question on.
  function hand(hint) {
    const text = new URLSearchParams(location.search).get("q");
    if (text) hint.href += `?q=${encodeURIComponent(text)}`;
  }

  const form = document.getElementById("find"), hint = document.querySelector("#find-instead a");
  if (form) run(form);
  if (hint) hand(hint);
})();
