"use strict";
// One tick for all rows of a list: data-every names their boxes.
(function () {
  document.addEventListener("change", function (event) {
    if (!(event.target instanceof Element) || !event.target.matches("[data-every]")) return;
    document.querySelectorAll('input[name="' + event.target.dataset.every + '"]').forEach(function (box) { box.checked = event.target.checked; });
  });
})();
