"use strict";
// Confirming beside the original, by keyboard if one likes; every deed is a plain form that works without this.
(function () {
  let current = "";

  function list() { return document.getElementById("so-list"); }
  function cards() { return Array.from(document.querySelectorAll("[data-so-card]")); }
  function card() { return document.querySelector("[data-so-card='" + current + "']"); }

  function overlaps(piece, element) {
    return element.dataset.spans.split(",").some(function (span) {
      const ends = span.split("-");
      return ends.length === 2 && Number(piece.dataset.s) < Number(ends[1]) && Number(piece.dataset.e) > Number(ends[0]);
    });
  }

  function show(element) {
    const text = document.getElementById("so-text");
    if (!text) return;
    let first = null;
    text.querySelectorAll("[data-s]").forEach(function (piece) {
      const on = overlaps(piece, element);
      piece.classList.toggle("is-shown", on);
      if (on && !first) first = piece;
    });
    if (!first) return;
    const box = text.getBoundingClientRect();
    const seen = Math.min(box.bottom, window.innerHeight) - box.top;
    const wanted = first.getBoundingClientRect().top - box.top;
    if (wanted < 0 || wanted > seen - 90) text.scrollTop += wanted - seen / 4;
  }

  function select(element, quietly) {
    if (!element) return;
    cards().forEach(function (other) { other.classList.toggle("is-selected", other === element); });
    current = element.dataset.soCard;
    show(element);
    if (!quietly) {
      unfold(element);
      element.focus({ preventScroll: true });
      element.scrollIntoView({ block: "nearest" });
    }
  }

  // Lists of one line each: what is moved to by a key is shown whole, what was left folds again.
  function unfold(element) {
    document.querySelectorAll("[data-so-fold]").forEach(function (fold) { fold.open = element.contains(fold); });
  }

  function folded(element) {
    const fold = element && element.querySelector("[data-so-fold]");
    return Boolean(fold && !fold.open);
  }

  function move(step) {
    const all = cards();
    const at = all.findIndex(function (one) { return one.dataset.soCard === current; });
    select(all[Math.min(all.length - 1, Math.max(0, at + step))]);
  }

  function press(name) {
    const element = card();
    if (folded(element)) { unfold(element); return true; } // nobody decides on what they have not seen
    const button = element && element.querySelector("[data-so-" + name + "]");
    if (button) button.click();
    return Boolean(button);
  }

  function drop() {
    const element = card();
    if (folded(element)) unfold(element);
    const reason = element && element.querySelector(".so-drop [name=reason]");
    if (reason && !reason.value.trim()) reason.focus();
    else press("drop");
  }

  function undo() {
    if (press("back")) return;
    const button = document.querySelector("[data-so-undo]");
    if (button) button.click();
  }

  function add() {
    const box = document.getElementById("so-add");
    if (!box) return;
    const words = String(window.getSelection()).trim();
    box.open = true;
    if (words) {
      box.querySelector("[name=title]").value = words.replace(/\s+/g, "").slice(0, 400);
      box.querySelector("[name=evidence]").value = words;
    }
    box.querySelector("[name=title]").focus();
  }

  const KEYS = {
    j: function () { move(1); }, k: function () { move(-1); },
    Enter: function () { press("confirm"); }, e: function () { press("edit"); },
    m: function () { press("merge"); }, s: function () { press("split"); }, d: drop,
    u: undo, a: add,
  };

  function writing(element) {
    return element instanceof Element && (element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName));
  }

  document.addEventListener("keydown", function (event) {
    const form = event.target instanceof Element && event.target.closest(".so-form");
    if (form && event.key === "Escape") {
      const cancel = form.querySelector("[data-so-cancel]");
      if (cancel) cancel.click();
      return;
    }
    if (form && event.key === "Enter" && (event.ctrlKey || event.metaKey)) { event.preventDefault(); form.requestSubmit(); return; }
    if (!list() || document.body.dataset.soBusy || writing(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter" && event.target instanceof Element && event.target.closest("a, button, summary")) return;
    const act = KEYS[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("click", function (event) {
    if (!(event.target instanceof Element)) return;
    const where = event.target.closest("[data-so-where]");
    const element = event.target.closest("[data-so-card]");
    if (where) event.preventDefault();
    if (element) { select(element, true); return; }
    const piece = event.target.closest(".so-mark");
    if (!piece || String(window.getSelection())) return;
    select(cards().find(function (one) { return overlaps(piece, one); }));
  });

  function arrive(first) {
    if (!list()) return;
    const wanted = list().dataset.selected || (window.location.hash.match(/^#p(\d+)$/) || [])[1] || current;
    const named = document.querySelector("[data-so-card='" + wanted + "']");
    select(named || document.querySelector("[data-so-card].is-open") || cards()[0], first && !named);
  }

  document.addEventListener("DOMContentLoaded", function () { arrive(true); });
  // While an answer is under way keys do nothing: nobody decides on what they have not seen.
  function busy(on) {
    if (on) document.body.dataset.soBusy = "1"; else delete document.body.dataset.soBusy;
  }
  document.addEventListener("htmx:beforeRequest", function () { busy(true); });
  ["htmx:responseError", "htmx:sendError", "htmx:sendAbort", "htmx:timeout", "htmx:swapError"].forEach(function (name) {
    document.addEventListener(name, function () { busy(false); });
  });

  document.addEventListener("htmx:afterSettle", function (event) {
    busy(false);
    if (event.target.id === "so-list") { arrive(false); return; }
    const form = document.querySelector(".so-form [autofocus]");
    if (!form) return;
    form.focus({ preventScroll: true });
    form.closest(".so-card").scrollIntoView({ block: "start" });
  });
})();
