"use strict";
// The weekly check by keyboard: digits choose a row's result, arrows change the row, what was recorded
// leads to the next; ticked rows, one by one or all of the page, show the form that records them together.
(function () {
  const rows = function () { return Array.from(document.querySelectorAll("tr.sv-look:not(.is-done)")); };

  function begin(row) {
    const first = row && row.querySelector("input[type=radio]:checked, input[type=radio]");
    if (first) { first.focus(); row.scrollIntoView({ block: "nearest" }); }
  }

  document.addEventListener("keydown", function (event) {
    const row = event.target instanceof Element ? event.target.closest("tr.sv-look") : null;
    if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
    const writing = event.target.matches("input[name=note], select");
    if (!writing && /^[1-9]$/.test(event.key)) {
      const wanted = row.querySelector('input[data-key="' + event.key + '"]');
      if (wanted) {
        event.preventDefault();
        wanted.checked = true;
        const note = row.querySelector("input[name=note]");
        if (note) note.focus();
      }
    } else if (event.key === "Enter" && event.target.matches("input[type=radio]")) {
      event.preventDefault();
      event.target.form.requestSubmit();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && !event.target.matches("select")) {
      const all = rows(), at = all.indexOf(row);
      event.preventDefault();
      begin(all[at + (event.key === "ArrowDown" ? 1 : -1)]);
    }
  });

  document.addEventListener("htmx:afterSettle", function (event) {
    const row = event.detail.elt;
    if (!(row instanceof Element) || !row.matches("tr.sv-look")) return;
    if (!row.classList.contains("is-done")) { begin(row); return; }
    let next = row.nextElementSibling;
    while (next && next.classList.contains("is-done")) next = next.nextElementSibling;
    begin(next);
  });

  document.addEventListener("change", function (event) {
    if (!(event.target instanceof Element) || !event.target.matches("input[name=looks], [data-week-every]")) return;
    if (event.target.matches("[data-week-every]")) {
      document.querySelectorAll("input[name=looks]").forEach(function (box) { box.checked = event.target.checked; });
    }
    const form = document.getElementById("sv-bulk");
    const count = document.querySelectorAll("input[name=looks]:checked").length;
    form.hidden = count === 0;
    form.querySelector("[data-wp-ticked]").textContent = String(count);
  });
})();
