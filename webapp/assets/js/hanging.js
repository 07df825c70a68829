// A question that hangs on other answers of its page shows when these call for it.
//
//   <div id="team_size-hanging" data-asked-when='[{"leads": ["yes"]}]'>
//
// It is asked when all of one case is so: each field has one of the values, and "" stands for no answer. What is typed
// in it stays while the page is open; it is sent only while it shows. A faulty field that goes takes along its line of
// the error summary, and the last row of a table the table. The focus stays, and nothing is said: what comes up stands
// below. (Radios must not have aria-expanded, and the design system gives it to all that have aria-controls.)
export function hang(parts, form) {
  const settle = () => parts.forEach((part) => show(part, isAsked(part, form)));
  form.addEventListener("change", settle);
  window.addEventListener("pageshow", settle); // after Back, browsers fill forms in again late
  settle();
}

// What is hidden is disabled, so that it is not in the data of the form: what hangs on it hides too.
function isAsked(part, form) {
  const filled = new FormData(form);
  const fits = ([name, values]) => {
    const given = filled.getAll(name).filter(Boolean);
    return (given.length ? given : [""]).some((value) => values.includes(value));
  };
  return JSON.parse(part.dataset.askedWhen).some((asked) => Object.entries(asked).every(fits));
}

function show(part, on) {
  part.hidden = !on;
  for (const field of part.querySelectorAll("input, select, textarea")) field.disabled = !on;
  const table = part.matches("tr") && part.closest("table");
  if (table) table.hidden = !table.querySelector("tbody tr:not([hidden])");
  for (const link of document.querySelectorAll(".nhsuk-error-summary__list a")) {
    const field = document.getElementById(link.hash.slice(1));
    if (field && part.contains(field)) link.closest("li").hidden = !on;
  }
  const summary = document.querySelector(".nhsuk-error-summary");
  if (summary) summary.hidden = !summary.querySelector("li:not([hidden])");
}

// The words beside a choice, such as "Other": the design system's own script gives radios aria-expanded, which they must
// not have.
export function unfold(box) {
  const part = document.getElementById(box.dataset.ariaControls);
  const settle = () => part.classList.toggle("nhsuk-radios__conditional--hidden", !box.checked);
  box.form.addEventListener("change", settle);
  window.addEventListener("pageshow", settle);
  settle();
}
