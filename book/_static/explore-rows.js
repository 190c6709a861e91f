/* The Explorer's arithmetic: what is shown of the chosen series, as rows. No element of the page is touched here.

   A series' file holds its years as lists; a row is one of them, or one reading, in the measure that was chosen. */
"use strict";

const explorer = window.explorer = { told: new Map(), waiting: new Map() };

/* Each data script calls this with its name and content. */
explorer.take = (name, told) => {
  explorer.told.set(name, told);
  const wait = explorer.waiting.get(name);
  if (wait) wait.done(told);
};

/* Load a data script once. Scripts load from a folder, too, where a browser lets no page fetch. */
explorer.load = (from, name) => {
  if (explorer.told.has(name)) return Promise.resolve(explorer.told.get(name));
  if (!explorer.waiting.has(name)) {
    const wait = {};
    wait.promise = new Promise((done, failed) => Object.assign(wait, { done, failed }));
    const script = document.createElement("script");
    script.src = `${from}${name.split("/").map(encodeURIComponent).join("/")}.js`;
    script.onerror = () => {
      explorer.waiting.delete(name);
      wait.failed(new Error(`The data of ${name} could not be loaded.`));
    };
    explorer.waiting.set(name, wait);
    document.head.append(script);
  }
  return explorer.waiting.get(name).promise;
};

/* Every series to choose from: those of the index, and a series for each unit of each family, named family/unit. */
explorer.entries = index => [...index.series, ...index.families.flatMap(({ units, ...family }) =>
  units.map(([unit, name, since, until]) => (
    { ...family, id: `${family.id}/${unit}`, title: `${family.title}: ${name}`, since, until })))];

/* Where a series has its page (a unit its heading there), and its numbers (a unit those of its family). */
explorer.page = id => {
  const [family, unit] = id.split("/").map(encodeURIComponent);
  return `../series/${family}.html${unit ? `#${unit}` : ""}`;
};
explorer.numbers = id => `../series/${encodeURIComponent(id.split("/")[0])}.csv`;

const YEAR = ["year", "label", "run", "hatched", "printed", "low", "high", "estimate", "lower", "upper", "informed", "ids"];
const READING = [
  "id", "print", "words", "value", "low", "high", "start", "end", "standing", "verdict", "source", "address",
];
const AMOUNTS = ["printed", "low", "high", "estimate", "lower", "upper"];
const YEAR_AND_A_BIT = 370 * 864e5;
const named = (names, list) => Object.fromEntries(names.map((name, place) => [name, list[place]]));

/* The middle of a year: of a US fiscal year, which begins in October before it, the first of April. */
explorer.middle = (year, fiscal) => new Date(Date.UTC(year, fiscal ? 3 : 6, 1));

/* A date that may lack its day or its month stands in the middle of what is known. */
explorer.dated = words => {
  const [year, month, day] = words.split("-").map(Number);
  return new Date(Date.UTC(year, month ? month - 1 : 6, day || (month ? 15 : 1)));
};

/* Factors by which a year's least, its figure and its greatest are turned into the measure that is shown. */
const factors = (year, told, state, index) => {
  if (!state.per) return { low: 1, middle: 1, high: 1, below: null };
  if (state.per.startsWith("of:")) {
    const other = explorer.told.get(state.per.slice(3)).years.map(one => named(YEAR, one))
      .find(one => one.year === year);
    if (!other || !(other.low > 0)) return null;
    return { low: 100 / other.high, middle: 100 / other.printed, high: 100 / other.low, below: other.printed };
  }
  const found = told.per.find(([name]) => name === state.per);
  const below = found && index.denominators[found[1]], value = below && below.years[year];
  if (!value) return null;
  const factor = below.unit / value;
  return { low: factor, middle: factor, high: factor, below: value };
};

/* A row, a year's or a reading's, times factors; `by` keeps what a year was multiplied with in all. */
const times = (row, by) => {
  const part = (name, end) => row[name] === null || row[name] === undefined ? null : row[name] * by[end];
  const before = row.by || { low: 1, middle: 1, high: 1 };
  return Object.assign({}, row, {
    value: part("value", "middle"), printed: part("printed", "middle"), low: part("low", "low"),
    high: part("high", "high"), estimate: part("estimate", "middle"), lower: part("lower", "low"),
    upper: part("upper", "high"), below: by.below === undefined ? row.below : by.below,
    by: { low: before.low * by.low, middle: before.middle * by.middle, high: before.high * by.high },
  });
};

/* How often the count had changed by a year: years of one number count the same thing. */
const counting = (year, told) => told.breaks.filter(([, , first]) => first <= year).length;

/* Turn a series into its own index: the base year is 100, and its hedge widens every other year of the same count. */
const indexed = (all, base, told) => {
  const rows = all.filter(row => counting(row.year, told) === counting(base, told));
  const at = rows.find(row => row.year === base && row.printed > 0 && row.low > 0);
  if (!at) return [];
  const by = { low: 100 / at.high, middle: 100 / at.printed, high: 100 / at.low };
  const same = { printed: 100, low: 100, high: 100, estimate: null, lower: null, upper: null };
  return rows.map(row => Object.assign(times(row, by), row.year === base ? same : {}));
};

/* What is shown of one series: `years`, `readings` beside them, and the years left out for want of a denominator. */
explorer.rows = (entry, state, index) => {
  const told = explorer.told.get(entry.id), lost = [];
  let years = [];
  for (const row of told.years.map(one => named(YEAR, one))) {
    const by = factors(row.year, told, state, index);
    if (by) years.push(times(row, by));
    else if (row.year >= state.since) lost.push(row.year);
  }
  const all = years;
  if (state.base) years = indexed(years, state.base, told);
  const uncounted = state.base ? all.filter(row => row.year >= state.since && !years.some(one => one.year === row.year)) : [];
  years = years.filter(row => row.year >= state.since);
  const readings = told.readings.map(one => named(READING, one)).map(row => Object.assign(row, {
    from: new Date(`${row.start}T00:00:00Z`),
    to: new Date(new Date(`${row.end}T00:00:00Z`).getTime() + 864e5),
    year: Number(row.end.slice(0, 4)) + (entry.fiscal && Number(row.end.slice(5, 7)) > 9 ? 1 : 0),
  })).filter(row => row.year >= state.since && wanted(row, state)).map(row => {
    if (row.standing === "window") return row;
    const at = years.find(one => one.year === row.year);
    return at && times(row, at.by);
  }).filter(Boolean);
  return { entry, years, readings, lost, told, apart: uncounted.map(row => row.year) };
};

/* Is a reading drawn? Those that were taken for their year are drawn as the year. */
const wanted = (row, state) => {
  if (row.standing === "taken") return false;
  if (row.standing !== "window") return state.readings !== "none";
  if (state.per || state.base) return false; // no denominator is printed for an odd window
  const length = row.to - row.from;
  return state.readings === "all" || (state.readings === "short" && length < YEAR_AND_A_BIT && length > 0);
};

/* Years that all chosen series print, any of which may be the base of an index. */
explorer.bases = shown => {
  const lists = shown.map(one => one.years.filter(row => row.printed > 0 && row.low > 0).map(row => row.year));
  return lists.length ? lists[0].filter(year => lists.every(list => list.includes(year))) : [];
};

/* What all chosen series may be divided by: denominators of their own place, controls of their own counter. */
explorer.divisors = (chosen, index) => {
  const told = chosen.map(entry => explorer.told.get(entry.id));
  const common = lists => lists.length ? lists[0].filter(name => lists.every(list => list.includes(name))) : [];
  const names = common(told.map(one => one.per.map(([name]) => name)));
  const key = name => told[0].per.find(([one]) => one === name)[1];
  const title = id => index.series.find(one => one.id === id).title;
  return [
    ...names.map(name => [name, index.denominators[key(name)].label]),
    ...common(told.map(one => one.controls)).map(id => [`of:${id}`, `per 100 of “${title(id)}”`]),
  ];
};

/* Series that may share an axis: of one unit; under an index, of one count. */
explorer.panels = (shown, state, words) => {
  const panels = new Map();
  for (const one of shown) {
    const unit = state.per ? `${one.entry.unit} ${words}` : one.entry.unit;
    const key = state.base ? `${one.entry.counts} (${one.entry.unit})` : unit;
    const title = state.base ? `Index of ${key}${state.per ? `, ${words}` : ""}: ${state.base} is 100` : unit;
    if (!panels.has(key)) panels.set(key, { title, shown: [] });
    panels.get(key).shown.push(one);
  }
  return [...panels.values()];
};

/* A number for a sentence, as the book writes it: 11,000; 7.56 million. */
explorer.number = (value, digits = 4) => {
  for (const [size, word] of [[1e12, "trillion"], [1e9, "billion"], [1e6, "million"]]) {
    if (Math.abs(value) >= size) {
      const told = Number((value / size).toPrecision(digits));
      return `${told.toLocaleString("en", { maximumFractionDigits: 9 })} ${word}`;
    }
  }
  const told = Number.isInteger(value) ? value : Number(value.toPrecision(digits));
  return told.toLocaleString("en", { maximumFractionDigits: 9 });
};

/* A number for an axis: 21k, 4.5m, 18bn. */
explorer.short = value => {
  const size = [[1e12, "tn"], [1e9, "bn"], [1e6, "m"], [1e3, "k"]].find(([one]) => Math.abs(value) >= one);
  return size ? `${Number((value / size[0]).toPrecision(6))}${size[1]}` : `${Number(value.toPrecision(6))}`;
};

/* A number for a table: in full where it is printed, else six digits, never with an exponent. */
explorer.cell = (value, exact) => value === null || value === undefined ? "" : value.toLocaleString("en", {
  useGrouping: false, ...(exact ? { maximumFractionDigits: 9 } : { maximumSignificantDigits: 6 }),
});

/* Years in words: 1999 to 2005, 2008. */
explorer.spans = years => {
  const runs = [];
  for (const year of years) {
    const last = runs[runs.length - 1];
    if (last && year === last[1] + 1) last[1] = year;
    else runs.push([year, year]);
  }
  return runs.map(([first, last]) => first === last ? `${first}` : last === first + 1 ? `${first}, ${last}` : `${first} to ${last}`)
    .join(", ");
};

/* What is seen of one series: its first and its last printed year, and how many times the one is the other. */
explorer.sentence = (one, unit) => {
  const printed = one.years.filter(row => row.printed !== null), { number } = explorer;
  const title = `${one.entry.title} (${one.entry.by || one.entry.place})`;
  if (!printed.length) return `${title}: no whole year is published that could be shown so.`;
  const [first, last] = [printed[0], printed[printed.length - 1]];
  if (first === last) return `${title}: ${first.label} alone is published, ${number(first.printed)} ${unit}.`;
  let words = `${title}: ${number(first.printed)} ${unit} in ${first.label}, ${number(last.printed)} in ${last.label}`;
  if (first.printed > 0 && last.printed > 0) {
    const ends = [last.low / first.high, last.high / first.low].map(end => number(Number(end.toPrecision(3)), 3));
    const factor = number(Number((last.printed / first.printed).toPrecision(3)), 3);
    words += `, ${factor} times the first`;
    if (ends[0] !== ends[1] && first.low > 0) words += ` (${ends[0]} to ${ends[1]}, as their wording allows)`;
  }
  const changed = one.told.breaks.filter(([, , anew]) => anew > first.year && anew <= last.year);
  const years = [...new Set(changed.map(([day]) => day.slice(0, 4)))].join(", ");
  return `${words}.${years ? ` What is counted changed in between (${years}), so the two are not counted alike.` : ""}`;
};

/* The table of what is shown: a row a year, then a row a reading that is drawn beside them. */
explorer.COLUMNS = [
  "series", "row", "period", "window_start", "window_end", "printed", "low", "high", "estimate", "lower", "upper",
  "informed", "as_printed", "standing", "verdict", "source", "reading_ids", "unit", "divided_by",
];
explorer.table = (shown, state, words) => shown.flatMap(one => {
  const exact = !state.per && !state.base, { cell } = explorer;
  const unit = `${one.entry.unit}${state.per ? ` ${words}` : ""}${state.base ? `, ${state.base} is 100` : ""}`;
  const series = one.entry.id;
  return [
    ...one.years.map(row => ({
      series, row: "year", period: row.label, window_start: "", window_end: "",
      ...Object.fromEntries(AMOUNTS.map(name => [name, state.bands || !["estimate", "lower", "upper"].includes(name)
        ? cell(row[name], exact) : ""])),
      informed: state.bands ? cell(row.informed, true) : "", as_printed: "", standing: "", verdict: "", source: "",
      reading_ids: row.ids, unit, divided_by: cell(row.below, true),
    })).filter(row => row.printed || row.estimate),
    ...one.readings.map(row => ({
      series, row: "reading", period: "", window_start: row.start, window_end: row.end,
      printed: cell(row.value, exact), low: cell(row.low, exact), high: cell(row.high, exact), estimate: "", lower: "",
      upper: "", informed: "", as_printed: row.print, standing: explorer.STANDING[row.standing], verdict: row.verdict,
      source: row.source, address: row.address, reading_ids: row.id, unit, divided_by: "",
    })),
  ];
});
explorer.STANDING = {
  taken: "taken for its year", beside: "another figure of the year", rival: "excludes the figure that is taken",
  aside: "set aside", window: "another window than a year",
};

/* A file for a spreadsheet, in which no cell runs: the rule of the data's own downloads. */
const SKIPPED = "[\\s\\ufeff\\u00ad\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2069]*";
const RUNS = new RegExp(`^(?:[\\t\\r]|${SKIPPED}[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20\\u2212])`);
const PLAIN = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?%?$/;
explorer.csv = rows => {
  const safe = text => RUNS.test(text) && text !== "-" && !PLAIN.test(text) ? `'${text}` : text;
  const quoted = text => /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const lines = [explorer.COLUMNS, ...rows.map(row => explorer.COLUMNS.map(name => String(row[name])))];
  return `\ufeff${lines.map(line => line.map(text => quoted(safe(text))).join(",")).join("\n")}\n`;
};
