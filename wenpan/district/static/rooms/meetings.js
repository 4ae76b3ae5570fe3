// 会上: Enter takes a line down, Ctrl+Enter makes it a matter too; Alt+Enter confirms the first that is open.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter") return;
  if (event.altKey) {
    const button = document.querySelector("[data-mt-open] [data-mt-confirm]");
    if (button) { event.preventDefault(); button.click(); }
  } else if (event.ctrlKey && event.target.matches("[data-mt-line]")) {
    event.preventDefault();
    document.querySelector("[data-mt-sure]").click();
  }
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id !== "decisions") return;
  const line = document.querySelector("[data-mt-line]");
  if (line) line.focus();
});
