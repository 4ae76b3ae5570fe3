"use strict";
// The little that pages do themselves: navigation on a phone, the origin of a figure, toasts, keys.
(function () {
  function closest(event, selector) {
    return event.target instanceof Element ? event.target.closest(selector) : null;
  }

  function showToasts(root) {
    root.querySelectorAll(".toast:not(.show):not(.hide)").forEach(function (element) {
      bootstrap.Toast.getOrCreateInstance(element).show();
    });
  }

  // A table wider than its place can be scrolled by keyboard also where it holds nothing to click.
  function reachable() {
    document.querySelectorAll(".wp-table-scroll").forEach(function (box) {
      const needs = (box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight) && !box.querySelector("a[href], button, input, select, textarea");
      if (needs) { box.tabIndex = 0; box.setAttribute("role", "region"); box.setAttribute("aria-label", document.body.dataset.wpScroll); }
      else if (box.getAttribute("role") === "region") { box.removeAttribute("tabindex"); box.removeAttribute("role"); box.removeAttribute("aria-label"); }
    });
  }
  window.addEventListener("load", function () {
    const seen = new ResizeObserver(reachable);
    document.querySelectorAll(".wp-table-scroll").forEach(function (box) { seen.observe(box); });
  });
  document.addEventListener("toggle", reachable, true); document.addEventListener("htmx:afterSettle", reachable);

  document.addEventListener("click", function (event) {
    if (closest(event, "[data-wp-nav]")) document.body.classList.toggle("is-nav-open");
    const opener = closest(event, "[data-wp-open]");
    if (opener) bootstrap.Offcanvas.getOrCreateInstance(document.querySelector(opener.dataset.wpOpen)).show();
    const row = closest(event, "tr[data-href]");
    if (row && !closest(event, "a, button, input, label, select")) window.location.href = row.dataset.href;
    if (closest(event, "[data-wp-print]")) window.print();
    const line = closest(event, "[data-wp-line]");
    if (line) {  // a line of a list of examples goes into the text, on its own
      const text = document.getElementById(line.dataset.wpLine);
      text.value = text.value.replace(/\s*$/, text.value.trim() ? "\n" : "") + line.textContent.trim();
      text.focus();
    }
  });

  // A form that has been sent is not sent twice; a question before an act that cannot be taken back.
  document.addEventListener("submit", function (event) {
    const form = event.target;
    if (form.dataset.wpConfirm && !window.confirm(form.dataset.wpConfirm)) { event.preventDefault(); return; }
    if (form.method !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
  });
  // A page out of the browser's memory carries used keys, and may be of somebody who has signed out: fetch it anew.
  window.addEventListener("pageshow", function (event) {
    if (event.persisted) { window.location.reload(); return; }
    document.querySelectorAll("form[data-sent]").forEach(function (form) { delete form.dataset.sent; });
  });

  document.addEventListener("change", function (event) {
    const field = closest(event, "[data-wp-submit]");
    if (field && field.form) field.form.requestSubmit();
  });

  function typing(element) {
    return element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
  }

  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") document.body.classList.remove("is-nav-open");
    const found = event.key === "ArrowDown" && event.target.id === "wp-search" && document.querySelector("#wp-search-mine a");
    if (found && !event.target.value) { event.preventDefault(); found.focus(); return; }
    if (typing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "/") {
      const search = document.getElementById("wp-search");
      if (search) { event.preventDefault(); search.focus(); search.select(); }
    }
    const row = closest(event, "tr[tabindex]");
    if (row && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      const next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
      if (next && next.matches("tr[tabindex]")) { event.preventDefault(); next.focus(); }
    }
    if (row && event.key === "Enter" && event.target === row && row.dataset.href) window.location.href = row.dataset.href;
  });

  function prepare(root) {
    root.querySelectorAll("tr[data-href]:not([tabindex])").forEach(function (row) { row.tabIndex = 0; });
    root.querySelectorAll(".wp-table-scroll:not([tabindex])").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth) { box.tabIndex = 0; }
    });
    showToasts(root);
  }

  document.addEventListener("DOMContentLoaded", function () { prepare(document); });
  document.addEventListener("htmx:load", function (event) { prepare(event.detail.elt.parentElement || document); });
})();
