/* The Explorer's drawing, by Observable Plot (explore-rows.js says what is drawn).

   Plot and d3 were chosen over uPlot, which draws on a canvas: here a drawing is SVG, so that it can be taken away as
   such, follows the page's colours by CSS variables in light and dark, and its marks can be told to a reader. Neither
   runs text as code, which the pages' policy forbids (d3 would to parse a CSV file; no page of ours asks it to). */
"use strict";

{
  const INKS = [1, 2, 3, 4].map(place => `var(--cc-group${place})`);
  const SYMBOLS = ["circle", "square", "triangle", "diamond"];
  const MEASURE = "var(--cc-measure)", TEXT = "var(--cc-text)", PAPER = "var(--cc-paper)";
  const HALF = 0.4 * 365.25 * 864e5; // half the width of a year's box: neighbours stay apart
  const REACH = 1.25; // how far above the highest print boxes that say little may stretch the axis
  const NAMED = 8; // up to so many measures have their names beside their lines
  const NARROW = 600;
  const LEVELS = 3; // of the numbers of measures

  const shifted = (date, by) => new Date(date.getTime() + by);
  const finite = values => values.filter(value => value !== null && value !== undefined && Number.isFinite(value));

  /* The ends of the time axis that all panels share. */
  explorer.span = shown => {
    const days = shown.flatMap(one => [
      ...one.years.flatMap(row => {
        const at = explorer.middle(row.year, one.entry.fiscal);
        return [shifted(at, -1.3 * HALF), shifted(at, 1.3 * HALF)];
      }),
      ...one.readings.flatMap(row => row.standing === "window" ? [row.from, row.to] : []),
    ]);
    return days.length ? d3.extent(days) : null;
  };

  /* The ends of the upright axis: from zero, or on a log scale from the least figure; wide boxes do not stretch it. */
  const heights = (panel, state) => {
    const years = panel.shown.flatMap(one => one.years), readings = panel.shown.flatMap(one => one.readings);
    const boxes = state.bands ? years : [];
    const firm = finite([
      ...years.flatMap(row => [row.printed, row.high]), ...readings.flatMap(row => [row.value, row.high]),
      ...boxes.filter(row => !row.hatched).map(row => row.upper),
    ]);
    const all = finite([...firm, ...boxes.map(row => row.upper)]);
    const top = firm.length ? Math.min(d3.max(all), REACH * d3.max(firm)) : d3.max(all);
    if (state.scale !== "log") return [0, top || 1];
    const least = d3.min(finite([
      ...years.flatMap(row => [row.printed, row.low]), ...readings.flatMap(row => [row.value, row.low]),
      ...boxes.map(row => row.lower),
    ]).filter(value => value > 0));
    return [least / 1.15, top * 1.15];
  };

  /* What is told of a mark when it is pointed at. */
  const told = (one, row) => {
    const { number } = explorer;
    const between = (low, high) => low === null || low === high ? ""
      : `\n${number(low, 3)} to ${high === null ? "more" : number(high, 3)}`;
    if (row.print !== undefined) {
      return `${row.print}\n${row.start} to ${row.end}${between(row.low, row.high)}\n${row.source}`;
    }
    const print = row.printed === null ? "no figure of the whole year" : number(row.printed) + between(row.low, row.high);
    const band = row.lower === null ? "" : `\nestimate ${number(row.lower, 3)} to ${number(row.upper, 3)}`;
    return `${one.entry.title}\n${row.label}: ${print}${band}`;
  };

  /* The marks of one series, from the back to the front. */
  const marks = (one, place, state, log) => {
    const ink = INKS[place], fiscal = one.entry.fiscal;
    const drawable = row => !log || row > 0;
    const at = row => explorer.middle(row.year, fiscal);
    const printed = one.years.filter(row => row.printed !== null && drawable(row.printed));
    const bands = state.bands ? one.years.filter(row => row.lower !== null && drawable(row.lower)) : [];
    const box = { x1: row => shifted(at(row), -HALF), x2: row => shifted(at(row), HALF), clip: true };
    const windows = one.readings.filter(row => row.standing === "window" && drawable(row.value));
    const others = one.readings.filter(row => row.standing !== "window" && drawable(row.value));
    const low = row => log && !(row.low > 0) ? row.value || row.printed : row.low;
    const high = row => row.high === null ? row.value || row.printed : row.high;
    const dot = { symbol: SYMBOLS[place], r: 4.5, stroke: ink, strokeWidth: 1.5 };
    return [
      Plot.rect(bands.filter(row => !row.hatched), { ...box, y1: "lower", y2: "upper", fill: ink, fillOpacity: 0.2 }),
      Plot.rect(bands.filter(row => row.hatched), {
        ...box, y1: "lower", y2: "upper", fill: "none", stroke: ink, strokeOpacity: 0.7, strokeDasharray: "2 2",
      }),
      Plot.ruleY(bands.filter(row => row.printed === null && row.estimate !== null), {
        x1: box.x1, x2: box.x2, y: "estimate", stroke: ink, strokeWidth: 1.5, clip: true,
      }),
      Plot.rect(windows, { x1: "from", x2: "to", y1: low, y2: high, fill: ink, fillOpacity: 0.15, clip: true }),
      Plot.ruleY(windows, { x1: "from", x2: "to", y: "value", stroke: ink, strokeWidth: 2, strokeOpacity: 0.8, clip: true }),
      Plot.ruleX(printed, { x: at, y1: low, y2: high, stroke: ink, strokeWidth: 5, strokeOpacity: 0.35 }),
      Plot.line(printed, { x: at, y: "printed", z: "run", stroke: ink, strokeWidth: 1.6 }),
      Plot.dot(others, { x: at, y: "value", ...dot, fill: PAPER }),
      Plot.dot(printed, { x: at, y: "printed", ...dot, fill: ink }),
      Plot.tip([...printed, ...bands.filter(row => row.printed === null), ...others], Plot.pointer({
        x: at, y: row => row.printed ?? row.value ?? row.estimate, title: row => told(one, row), fill: PAPER,
        stroke: MEASURE, lineWidth: 24, fontSize: 12,
      })),
    ];
  };

  /* Uprights: where the count changed (dotted), and measures (dashed) with their numbers and, where few, names. */
  const uprights = (panel, measures, span, narrow) => {
    const inside = at => at >= span[0] && at <= span[1];
    const days = new Set(panel.shown.flatMap(one => one.told.breaks.map(([day]) => day)));
    const breaks = [...days].sort().map(explorer.dated).filter(inside);
    const named = measures.length <= NAMED && !narrow;
    const short = words => words.length > 44 ? `${words.slice(0, 43)}…` : words;
    return [
      Plot.ruleX(breaks, { stroke: MEASURE, strokeDasharray: "1 3", strokeWidth: 1.5 }),
      Plot.ruleX(measures, { x: "at", stroke: MEASURE, strokeDasharray: "5 3", strokeWidth: 1 }),
      named ? Plot.text(measures, {
        x: "at", frameAnchor: "top", text: row => short(row.title), rotate: -90, textAnchor: "end", dx: -6, dy: 4,
        fill: TEXT, fontSize: 11, stroke: PAPER, strokeWidth: 3,
      }) : null,
      ...d3.range(LEVELS).map(level => Plot.text(measures.filter(row => row.level === level), {
        x: "at", frameAnchor: "top", text: row => String(row.number), dy: -7 - 11 * level, fill: TEXT, fontSize: 10,
      })),
    ];
  };

  /* Numbers of measures that would stand on one another are lifted. */
  const lifted = (measures, span, width) => {
    const last = d3.range(LEVELS).map(() => -Infinity), place = d3.scaleUtc(span, [0, width]);
    return measures.map(row => {
      const at = place(row.at), free = last.findIndex(one => at - one > 15);
      const level = free >= 0 ? free : d3.minIndex(last);
      last[level] = at;
      return { ...row, level };
    });
  };

  /* Ticks in the middle of every so many years. */
  const ticks = (span, width, fiscal) => {
    const years = d3.range(span[0].getUTCFullYear(), span[1].getUTCFullYear() + 1);
    const step = [1, 2, 3, 5, 10, 20].find(one => years.length / one <= width / (fiscal ? 58 : 44)) || 50;
    return years.filter(year => year % step === 0).map(year => explorer.middle(year, fiscal))
      .filter(at => at >= span[0] && at <= span[1]);
  };

  /* Ticks of a log axis: 1, 2 and 5 times the powers of ten, or these alone. */
  const decades = domain => {
    const all = d3.scaleLog(domain).ticks(40);
    const led = digits => all.filter(value => digits.includes(Number(value.toExponential(0)[0])));
    return [[1, 2, 5], [1, 3], [1]].map(led).find(list => list.length <= 9) || 5;
  };

  /* Draw one panel as an SVG element. */
  explorer.draw = (panel, places, state, measures, span, width) => {
    const lines = lifted(measures, span, width - 66), levels = 1 + (d3.max(lines, row => row.level) ?? -1);
    const narrow = width < NARROW, log = state.scale === "log";
    const fiscal = panel.shown.every(one => one.entry.fiscal);
    const domain = heights(panel, state), levelled = log ? decades(domain) : 6;
    const drawing = Plot.plot({
      width, height: (narrow ? 270 : 340) + 11 * levels, marginLeft: 52, marginRight: 14, marginTop: 12 + 11 * levels,
      marginBottom: 30, style: { background: "transparent", color: TEXT, fontFamily: "inherit", fontSize: "12px" },
      x: { type: "utc", domain: span, label: null },
      y: { type: log ? "log" : "linear", domain, nice: !log, label: null },
      marks: [
        Plot.gridY({ stroke: MEASURE, strokeOpacity: 0.25, ticks: levelled }),
        Plot.axisY({ ticks: levelled, tickFormat: explorer.short, tickSize: 0 }),
        Plot.axisX(ticks(span, width - 66, fiscal), {
          tickFormat: at => `${fiscal ? "FY" : ""}${at.getUTCFullYear()}`, tickSize: 4,
        }),
        log ? null : Plot.ruleY([0], { stroke: MEASURE }),
        ...uprights(panel, lines, span, narrow),
        ...panel.shown.flatMap(one => marks(one, places.get(one.entry.id), state, log)),
      ],
    });
    // Plot names the groups of its marks, and gives them no role that may have a name.
    drawing.querySelectorAll("g[aria-label]").forEach(group => group.setAttribute("role", "group"));
    return drawing;
  };

  /* The sign of a series: its colour and its shape. */
  explorer.sign = place => {
    const shapes = { circle: d3.symbolCircle, square: d3.symbolSquare, triangle: d3.symbolTriangle, diamond: d3.symbolDiamond };
    return element("path", { d: d3.symbol(shapes[SYMBOLS[place]], 70)(), fill: INKS[place] });
  };

  const element = (name, attributes, ...inside) => {
    const node = document.createElementNS("http://www.w3.org/2000/svg", name);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    node.append(...inside);
    return node;
  };
  explorer.element = element;

  /* The drawings below one another as one file, with names and notes, in the colours that the page has now. */
  explorer.svg = (drawings, words) => {
    const styles = getComputedStyle(document.documentElement);
    const width = d3.max(drawings, one => Number(one.drawing.getAttribute("width"))) || 600, parts = [];
    let y = 8;
    const write = (said, size, left = 8, weight = 400) => {
      const room = Math.floor((width - left) / (size * 0.56));
      for (const part of said.match(new RegExp(`.{1,${room}}(?:\\s|$)`, "g")) || [said]) {
        y += 1.4 * size;
        parts.push(element("text", { x: left, y, fill: TEXT, "font-size": size, "font-weight": weight }, part.trim()));
      }
    };
    words.seen.forEach((said, place) => {
      parts.push(element("g", { transform: `translate(14,${y + 12})` }, explorer.sign(place)));
      write(said, 12, 28, 600);
    });
    for (const { title, drawing } of drawings) {
      y += 8;
      write(title, 12);
      const copy = drawing.cloneNode(true);
      copy.querySelectorAll('[aria-label="tip"]').forEach(node => node.remove());
      copy.setAttribute("y", y + 6);
      parts.push(copy);
      y += 6 + Number(drawing.getAttribute("height"));
    }
    words.below.forEach(said => write(said, 10.5));
    const ground = element("rect", { width: "100%", height: "100%", fill: PAPER });
    const size = { width, height: y + 14, viewBox: `0 0 ${width} ${y + 14}`, "font-family": "sans-serif" };
    const text = new XMLSerializer().serializeToString(element("svg", size, ground, ...parts));
    return text.replace(/var\((--[\w-]+)\)/g, (_, name) => styles.getPropertyValue(name).trim());
  };
}
