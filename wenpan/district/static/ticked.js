"use strict";
// Lists with tick boxes: all at once, a range by Shift, j and k to move, x to tick, Enter to open.
(function () {
  const TICK = 'input[type=checkbox][name=pick]';
  let last = null;

  function ticks(form) { return Array.from(form.elements).filter(function (box) { return box.matches(TICK); }); }
  function listOf(element) { return element instanceof Element && element.form && element.form.hasAttribute("data-ticks") ? element.form : null; }

  function show(form) {
    const all = ticks(form), on = all.filter(function (box) { return box.checked; }).length;
    const every = form.querySelector("[data-tick-every] input"), count = form.querySelector("[data-tick-count]");
    if (every) { every.checked = on > 0 && on === all.length; every.indeterminate = on > 0 && on < all.length; }
    if (count) count.textContent = on ? String(on) + " / " + String(all.length) : "";
  }

  document.addEventListener("change", function (event) {
    const form = listOf(event.target);
    if (!form) return;
    if (event.target.closest("[data-tick-every]")) {
      ticks(form).forEach(function (box) { box.checked = event.target.checked; });
    }
    show(form);
  });

  document.addEventListener("click", function (event) {
    if (!listOf(event.target) || !event.target.matches(TICK)) return;
    const all = ticks(event.target.form), here = all.indexOf(event.target), there = all.indexOf(last);
    if (event.shiftKey && there >= 0) {
      all.slice(Math.min(here, there), Math.max(here, there) + 1).forEach(function (box) { box.checked = event.target.checked; });
      show(event.target.form);
    }
    last = event.target;
  });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof Element)) return;
    const typing = event.target.matches("textarea, select, input:not([type=checkbox])");
    if (typing) return;
    const rows = Array.from(document.querySelectorAll("[data-tick-row]"));
    const at = rows.findIndex(function (row) { return row.contains(document.activeElement); });
    if (event.key === "j" || event.key === "k") {
      const next = rows[at < 0 ? 0 : at + (event.key === "j" ? 1 : -1)];
      const open = next && next.querySelector("[data-tick-open]");
      if (open) { event.preventDefault(); open.focus(); next.scrollIntoView({ block: "nearest" }); }
    } else if (event.key === "x" && at >= 0) {
      const box = rows[at].querySelector(TICK);
      if (box) { event.preventDefault(); box.checked = !box.checked; last = box; show(box.form); }
    }
  });

  function prepare() {
    document.querySelectorAll("form[data-ticks]").forEach(function (form) {
      const every = form.querySelector("[data-tick-every]");
      if (every) every.hidden = false;
      show(form);
    });
  }

  document.addEventListener("DOMContentLoaded", prepare);
  document.addEventListener("htmx:load", prepare);
})();
