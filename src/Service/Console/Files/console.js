// "/" goes to the search field, as operators expect; everything works without this file.
document.addEventListener("keydown", event => {
  const field = document.querySelector("[data-find]");
  if (event.key !== "/" || !field || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  event.preventDefault();
  field.focus();
});
// What went wrong is said first.
document.querySelector(".faults[tabindex]")?.focus();
