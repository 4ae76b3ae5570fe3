"use strict";
// Files dropped on the upload area go into its file field; the form works without this.
(function () {
  const form = document.querySelector("[data-in-drop]");
  if (!form) return;
  const field = form.querySelector("input[type=file]");
  ["dragenter", "dragover"].forEach(function (name) {
    form.addEventListener(name, function (event) { event.preventDefault(); form.classList.add("is-over"); });
  });
  ["dragleave", "drop"].forEach(function (name) {
    form.addEventListener(name, function (event) { event.preventDefault(); form.classList.remove("is-over"); });
  });
  const chosen = form.querySelector("[data-in-chosen]");
  field.addEventListener("change", function () {
    chosen.textContent = Array.from(field.files).map(function (file) { return file.name; }).join(", ");
  });
  form.addEventListener("drop", function (event) {
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    form.requestSubmit();
  });
})();
