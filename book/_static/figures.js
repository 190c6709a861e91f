/* Marks of a figure: one stop of the tab key a figure, arrow keys from mark to mark, and the words of the mark beside it. */
"use strict";

(() => {
  const box = document.createElement("div");
  box.className = "mark-words";
  box.hidden = true;

  function show(mark) {
    const place = mark.getBoundingClientRect();
    box.textContent = mark.getAttribute("aria-label");
    box.hidden = false;
    const width = box.offsetWidth;
    const left = Math.min(place.left + place.width / 2 - width / 2, document.documentElement.clientWidth - width - 8);
    const above = place.top - box.offsetHeight - 8;
    box.style.left = `${Math.max(8, left) + window.scrollX}px`;
    box.style.top = `${(above > 0 ? above : place.bottom + 8) + window.scrollY}px`;
  }

  let asked = null; // the mark that a finger just asked for
  let told = null; // the mark that was touched last

  function hide() {
    box.hidden = true;
  }

  function step(marks, from, key) {
    const at = marks.indexOf(from);
    const ways = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: marks.length - 1 };
    return marks[ways[key]];
  }

  for (const layer of document.querySelectorAll("svg.drawing .marks")) {
    const marks = [...layer.children];
    for (const mark of marks) {
      const title = mark.querySelector("title");
      mark.setAttribute("aria-label", title.textContent);
      title.remove(); // the browser's own words would cover these
      if (!mark.hasAttribute("tabindex")) mark.setAttribute("tabindex", "-1");
      if (!mark.hasAttribute("href")) mark.setAttribute("role", "img");
    }
    layer.addEventListener("pointerover", (event) => show(event.target.closest(".marks > *")));
    layer.addEventListener("pointerout", hide);
    // A finger asks first for the words, and follows the link when it comes again.
    layer.addEventListener("pointerdown", (event) => {
      const mark = event.target.closest(".marks > *");
      asked = event.pointerType === "touch" && told !== mark ? mark : null;
      told = mark;
    });
    layer.addEventListener("click", (event) => {
      if (asked) event.preventDefault();
    });
    layer.addEventListener("focusin", (event) => show(event.target));
    layer.addEventListener("focusout", hide);
    layer.addEventListener("keydown", (event) => {
      if (event.key === "Escape") hide();
      const next = step(marks, event.target, event.key);
      if (!next) return;
      event.preventDefault();
      event.target.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });
  }
  document.body.append(box);
})();
