/* The search of the book: sections that hold every word asked for, each with an excerpt. Words enter the page as text alone. */
"use strict";

(() => {
  const PAGE = 20, BEFORE = 70, AFTER = 170;
  const HAN = /\p{Script=Han}+/gu;
  const SMALL = new Set(["a", "and", "by", "for", "from", "in", "of", "on", "or", "the", "to"]);
  const plain = text => text.normalize("NFKC").toLowerCase();
  const stem = word => word.length > 3 && word.endsWith("s") ? word.slice(0, -1) : word;
  const escaped = text => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const pairs = run => [...run].length < 3 ? [run] : [...run].slice(1).map((one, at) => [...run][at] + one);

  /* What is asked: a pattern for each word, which begins a word of the text; Chinese stands anywhere, by its pairs. */
  const ask = text => {
    const runs = plain(text).match(HAN) || [];
    const words = plain(text).replace(HAN, " ").split(/[^\p{L}\p{N}.,%-]+/u).map(word => word.replace(/^[.,-]+|[.,-]+$/g, ""))
      .filter(word => (word.length > 1 || /\d/.test(word)) && !SMALL.has(word));
    return [...words.map(word => new RegExp(`(?<![\\p{L}\\p{N}])${escaped(stem(word))}`, "u")),
      ...runs.flatMap(pairs).map(pair => new RegExp(escaped(pair), "u"))];
  };

  const read = index => index.sections.map(([place, anchor, title, words], order) => {
    const [page, chapter, language] = index.pages[place];
    return { address: anchor ? `${page}#${encodeURIComponent(anchor)}` : page, title, chapter, language, words, order,
      head: plain(title === chapter ? title : `${title} ${chapter}`), own: plain(title), text: plain(words) };
  });

  /* How well a section answers, by how many of the words it holds at all, then where. */
  const score = (one, asked) => {
    let met = 0, worth = 0;
    for (const pattern of asked) {
      const own = pattern.test(one.own), head = own || pattern.test(one.head), inside = pattern.test(one.text);
      if (head || inside) met += 1;
      worth += (own ? 6 : head ? 2 : 0) + (inside ? 2 : 0);
    }
    return [met, worth];
  };

  const search = (sections, text) => {
    const asked = ask(text);
    if (!asked.length) return { found: [], asked, whole: true };
    const rated = sections.map(one => [one, ...score(one, asked)]);
    const most = Math.max(0, ...rated.map(([, met]) => met));
    const found = most ? rated.filter(([, met]) => met === most).sort((a, b) => b[2] - a[2] || a[0].order - b[0].order) : [];
    return { found: found.map(([one]) => one), asked, whole: most === asked.length };
  };

  const part = (tag, css, ...inner) => {
    const made = document.createElement(tag);
    if (css) made.className = css;
    made.append(...inner);
    return made;
  };

  /* Words with those asked for marked, in the letters of the text itself. */
  const marked = (words, asked) => {
    const any = new RegExp(asked.map(one => one.source).join("|"), "giu"), inner = [];
    let at = 0;
    for (const found of words.matchAll(any)) {
      inner.push(words.slice(at, found.index), part("mark", "", found[0]));
      at = found.index + found[0].length;
    }
    return [...inner, words.slice(at)];
  };

  /* The stretch of a section that holds most of the words: it begins before one of them, at the edge of a word. */
  const excerpt = (words, asked) => {
    const places = asked.map(one => words.search(new RegExp(one.source, "iu"))).filter(place => place >= 0);
    const held = place => places.filter(one => one >= place && one < place + AFTER).length;
    const first = places.length ? places.reduce((best, one) => held(one) > held(best) ? one : best) : 0;
    let begin = Math.max(0, first - BEFORE), end = Math.min(words.length, first + AFTER);
    if (begin) begin = Math.min(words.indexOf(" ", begin) + 1 || begin, first);
    if (end < words.length) end = Math.max(words.lastIndexOf(" ", end), first + 40);
    return [...(begin ? ["\u2026 "] : []), ...marked(words.slice(begin, end), asked), ...(end < words.length ? [" \u2026"] : [])];
  };

  const shown = (one, asked) => {
    const link = part("a", "", ...marked(one.title, asked));
    link.setAttribute("href", one.address);
    const item = part("li", "", part("p", "search-head", link,
      ...(one.chapter === one.title ? [] : [part("span", "search-page", one.chapter)])));
    if (one.words) item.append(part("p", "", ...excerpt(one.words, asked)));
    if (one.language !== "en") item.lang = one.language;
    return item;
  };

  const place = document.getElementById("search-results"), index = window.searchIndex;
  const text = (new URLSearchParams(location.search).get("q") || "").trim();
  const form = document.querySelector(".bd-search-container form");
  const said = part("p", "search-said"), list = part("ol", "search-list"), more = part("button", "search-more", "Show more");
  said.setAttribute("role", "status");
  more.type = "button";
  place.replaceChildren(said, list, more);
  let found = [], asked = [], count = 0;
  const grow = () => {
    const next = found.slice(count, count + PAGE).map(one => shown(one, asked));
    list.append(...next);
    count += next.length;
    more.hidden = count >= found.length;
    return next[0];
  };
  const answer = question => {
    const started = performance.now(), answered = search(sections, question);
    ({ found, asked } = answered);
    count = 0;
    list.replaceChildren();
    grow();
    const number = `${found.length.toLocaleString("en")} ${found.length === 1 ? "section" : "sections"}`;
    said.textContent = !question ? `${sections.length.toLocaleString("en")} sections to search` : answered.whole ? number
      : found.length ? `No section has all of these words; ${number} with most of them:` : "No section has any of these words.";
    place.dataset.milliseconds = String(performance.now() - started);
  };
  if (!index) {
    said.textContent = "The index of sections could not be loaded.";
    return;
  }
  const sections = read(index), box = form && form.querySelector("input");
  more.addEventListener("click", () => { const first = grow(); if (first) first.querySelector("a").focus(); });
  if (box) {
    box.value = text;
    const keep = () => {
      const question = box.value.trim(), address = new URL(location.href);
      if (question) address.searchParams.set("q", question);
      else address.searchParams.delete("q");
      try { history.replaceState(null, "", address); } catch { /* a page from a folder keeps its address */ }
      answer(question);
    };
    box.addEventListener("input", keep);
    form.addEventListener("submit", event => { event.preventDefault(); keep(); });
  }
  answer(text);
})();
