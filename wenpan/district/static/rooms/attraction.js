// The fast entry as a spreadsheet: Tab parts cells, Ctrl+Enter registers; Esc and then Tab leaves the field.
document.querySelectorAll("textarea[data-at-cells]").forEach((field) => {
  let leaving = false;
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leaving = true;
    else if (event.key === "Tab" && !event.shiftKey && !leaving) {
      event.preventDefault();
      field.setRangeText("\t", field.selectionStart, field.selectionEnd, "end");
    } else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      field.form.requestSubmit();
    } else leaving = false;
  });
  field.addEventListener("blur", () => (leaving = false));
});
