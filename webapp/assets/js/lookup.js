// Turns a long list of places into a search by a few letters. The list stays, unseen, and holds the answer.
//
//   <select id="site" name="site" data-lookup data-lookup-hint="…" data-lookup-none="…" data-lookup-assist="…"
//           data-lookup-found="{count} …" data-lookup-pick="…">
//
// Finds by the beginnings of words, by the first letters of the name ("lgi") and by the code; misspelt words when there
// is nothing else. "I do not know" is offered whatever is typed. What is typed and is no place stops the form from being
// sent: it would be lost without a word.
import accessibleAutocomplete from "accessible-autocomplete";
import { describersOf, escape, keepDescribed, labelOf } from "./box.js";

const REASONS = ["dont_know", "prefer_not"];
const SLIP_FROM = 4;
const TWO_SLIPS_FROM = 8;

export function enhance(select) {
  const { id, dataset } = select;
  const label = labelOf(select);
  const places = [...select.options].filter((option) => option.value).map(placeOf);
  const named = (text) => places.find((place) => place.text.toLowerCase() === text.trim().toLowerCase());
  const holder = document.createElement("div");
  const inUse = document.activeElement === select;
  const choose = (value) => {
    if (select.value === value) return;
    select.value = value;
    select.dispatchEvent(new Event("change", { bubbles: true }));
  };

  select.before(holder);
  select.id = `${id}-list`;
  select.hidden = true;
  accessibleAutocomplete({
    element: holder,
    id,
    name: "",
    defaultValue: select.value ? select.selectedOptions[0].text : "",
    minLength: 1,
    autoselect: true,
    confirmOnBlur: false,
    inputClasses: `nhsuk-input ${select.classList.contains("nhsuk-select--error") ? "nhsuk-input--error" : ""}`,
    menuAttributes: { "aria-labelledby": label.id },
    source: (text, show) => show(found(places, text)),
    templates: { inputValue: (place) => place?.text ?? "", suggestion: (place) => escape(place?.text ?? place) },
    onConfirm: (place) => place && choose(place.value),
    tNoResults: () => dataset.lookupNone,
    tStatusNoResults: () => dataset.lookupNone,
    tStatusResults: (count) => dataset.lookupFound.replace("{count}", count),
    tStatusSelectedOption: (text) => text,
    tAssistiveHint: () => dataset.lookupAssist,
  });
  const input = holder.querySelector("input");
  input.addEventListener("input", () => choose(named(input.value)?.value ?? ""));
  describe(input, select, holder);
  if (inUse) input.focus();
  select.form.addEventListener("submit", (event) => {
    if (event.submitter?.formNoValidate || input.disabled || select.value || !input.value.trim()) return;
    event.preventDefault();
    complain(input, holder, dataset.lookupPick);
  });
}

// The hint and the error of the list are those of the box, and one hint more: what to type.
function describe(input, select, holder) {
  const hint = document.createElement("div");
  hint.className = "nhsuk-hint";
  hint.id = `${input.id}-lookup`;
  hint.textContent = select.dataset.lookupHint;
  holder.before(hint);
  keepDescribed(input, [...describersOf(select), hint.id]);
}

function complain(input, holder, words) {
  const id = `${input.id}-pick`;
  if (!document.getElementById(id)) {
    const message = document.createElement("span");
    message.className = "nhsuk-error-message";
    message.id = id;
    message.textContent = words;
    holder.before(message);
    keepDescribed(input, [id]);
    holder.closest(".nhsuk-form-group").classList.add("nhsuk-form-group--error");
  }
  input.focus();
}

function placeOf(option) {
  const words = wordsOf(option.text);
  const initials = words.map((word) => word[0]).join("");
  return { value: option.value, text: option.text, words: [...words, initials, ...wordsOf(option.value)] };
}

function wordsOf(text) {
  const plain = text.normalize("NFD").replace(/[\p{M}'’]/gu, "").toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

function found(places, text) {
  const typed = wordsOf(text);
  const known = places.filter((place) => !REASONS.includes(place.value));
  const fits = (alike) => known.filter(({ words }) => typed.every((word) => words.some((other) => alike(word, other))));
  const begins = (word, other) => other.startsWith(word);
  const matches = fits(begins);
  const first = ({ words }) => (words[0].startsWith(typed[0]) ? 0 : 1);
  const shown = matches.length ? matches.sort((one, other) => first(one) - first(other)) : fits(nearly);
  return [...shown, ...places.filter((place) => REASONS.includes(place.value))];
}

// Whether a word is typed with a slip or two: a letter more, fewer, wrong, or two that changed places.
function nearly(word, other) {
  if (other.startsWith(word)) return true;
  const most = word.length < SLIP_FROM ? 0 : word.length < TWO_SLIPS_FROM ? 1 : 2;
  return most > 0 && Math.abs(word.length - other.length) <= most && slips(word, other) <= most;
}

function slips(one, other) {
  const rows = [[...Array(other.length + 1).keys()]];
  for (let i = 1; i <= one.length; i += 1) {
    rows.push([i]);
    for (let j = 1; j <= other.length; j += 1) {
      const swap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const wrong = one[i - 1] === other[j - 1] ? 0 : 1;
      const ways = [rows[i - 1][j] + 1, rows[i][j - 1] + 1, rows[i - 1][j - 1] + wrong];
      rows[i].push(Math.min(...ways, swap ? rows[i - 2][j - 2] + 1 : Infinity));
    }
  }
  return rows[one.length][other.length];
}
