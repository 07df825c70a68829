// Turns the name box into a search of the roster.
//
//   <input id="name" name="name" data-roster-search="/where/to/ask" data-roster-value="person"
//          data-roster-searching="…" data-roster-none="…" data-roster-short="…" data-roster-assist="…">
//   <input type="hidden" name="person">
//   <button data-roster-add>Add</button>
//
// Asks `?q=` after three letters; expects {"matches": [{"value", "label", "detail"}]}. Picking puts the value in the
// hidden field and presses Add. Enter without a pick presses Add with the text alone: never the page's first button,
// which may be somebody's Remove.
import accessibleAutocomplete from "accessible-autocomplete";
import { describersOf, escape, keepDescribed, labelOf } from "./box.js";

const LETTERS = 3;
const PAUSE_MS = 200;
const ENGLISH = {
  rosterSearching: "Searching",
  rosterNone: "No one found. Press Add to add the name you typed.",
  rosterShort: "Type 3 or more letters to search",
  rosterAssist: "When names appear, use the up and down arrow keys, then Enter to add one.",
};

export function enhance(box) {
  const form = box.form;
  const add = addButton(form, box);
  const picked = form.elements.namedItem(box.dataset.rosterValue);
  const label = labelOf(box);
  const search = searcher(box.dataset.rosterSearch);
  const holder = document.createElement("div");
  const press = (value, text = input.value) => {
    picked.value = value;
    input.value = text;
    form.requestSubmit(add);
  };

  const words = { ...ENGLISH, ...box.dataset };
  const nothing = () => (search.busy() ? words.rosterSearching : words.rosterNone);
  const typing = document.activeElement === box;
  const letters = box.value;

  picked.value = "";
  box.replaceWith(holder);
  accessibleAutocomplete({
    element: holder,
    id: box.id,
    name: box.name,
    defaultValue: box.value,
    minLength: LETTERS,
    confirmOnBlur: false,
    inputClasses: box.className,
    menuAttributes: { "aria-labelledby": label.id },
    source: search.ask,
    templates: { inputValue: nameOf, suggestion: asHtml },
    onConfirm: (match) => match && press(match.value ?? "", nameOf(match)),
    tNoResults: nothing,
    tStatusNoResults: nothing,
    tStatusQueryTooShort: () => words.rosterShort,
    tAssistiveHint: () => words.rosterAssist,
  });
  const input = holder.querySelector("input");
  dress(input, box);
  if (typing) carryOn(input, letters);
  input.addEventListener("keydown", (event) => pressAdd(event, input, () => press("")), true);
}

// The box was replaced under somebody's hands: the caret stays where it was, and what they have typed is searched.
function carryOn(input, letters) {
  input.focus();
  input.setSelectionRange(letters.length, letters.length);
  if (letters) input.dispatchEvent(new Event("input", { bubbles: true }));
}

// Enter in the box itself: the pick of a suggestion happens on the suggestion, which then has the focus.
function pressAdd(event, input, press) {
  if (event.key !== "Enter" || event.isComposing || event.target !== input) return;
  event.preventDefault();
  event.stopPropagation();
  press();
}

function addButton(form, box) {
  const buttons = [...form.elements].filter((field) => field.type === "submit");
  const follows = (button) => box.compareDocumentPosition(button) & Node.DOCUMENT_POSITION_FOLLOWING;
  return buttons.find((button) => "rosterAdd" in button.dataset) ?? buttons.find(follows);
}

// The new input takes over what the old one carried: its hint and error for as long as it lives, its state, its focus.
function dress(input, box) {
  keepDescribed(input, describersOf(box));
  for (const name of ["aria-invalid", "autocapitalize", "spellcheck", "maxlength"]) {
    if (box.hasAttribute(name)) input.setAttribute(name, box.getAttribute(name));
  }
  if (box.autofocus || document.activeElement === document.body && "rosterFocus" in box.dataset) input.focus();
}

function searcher(address) {
  let timer = 0;
  let request = null;
  let waiting = false;
  const ask = (text, show) => {
    clearTimeout(timer);
    request?.abort();
    waiting = true;
    timer = setTimeout(async () => {
      request = new AbortController();
      const { signal } = request;
      const matches = await fetchMatches(address, text, signal);
      if (signal.aborted) return;
      waiting = false;
      show(matches);
    }, PAUSE_MS);
  };
  return { ask, busy: () => waiting };
}

// A search that fails finds no one: the person can still type the name and press Add.
async function fetchMatches(address, text, signal) {
  const url = new URL(address, location.href);
  url.searchParams.set("q", text);
  try {
    const response = await fetch(url, { signal, headers: { Accept: "application/json" } });
    return response.ok ? (await response.json()).matches : [];
  } catch {
    return [];
  }
}

function nameOf(match) {
  return typeof match === "string" ? match : (match?.label ?? "");
}

function asHtml(match) {
  const detail = match.detail ? `<span>${escape(match.detail)}</span>` : "";
  return `<strong>${escape(nameOf(match))}</strong>${detail}`;
}
