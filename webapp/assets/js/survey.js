// What respondents' pages do with JavaScript. Every page works without it.
import { createAll } from "nhsuk-frontend/dist/nhsuk/index.mjs";
import { Button } from "nhsuk-frontend/dist/nhsuk/components/button/button.mjs";
import { Checkboxes } from "nhsuk-frontend/dist/nhsuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "nhsuk-frontend/dist/nhsuk/components/error-summary/error-summary.mjs";
import { SkipLink } from "nhsuk-frontend/dist/nhsuk/components/skip-link/skip-link.mjs";
import { announce } from "./announce.js";
import { hang, unfold } from "./hanging.js";
import { follow, takeAlong } from "./steps.js";

// The design system sets these in an inline script, which our content security policy forbids.
document.body.classList.add("js-enabled", "nhsuk-frontend-supported");

for (const component of [Button, Checkboxes, ErrorSummary, SkipLink]) {
  createAll(component);
}

document.querySelectorAll("[data-announce]").forEach(announce);

const picture = document.querySelector("[data-picture]");
if (picture) follow(picture, document.querySelector("[data-step]"));

const hanging = document.querySelectorAll("[data-asked-when]");
if (hanging.length) hang(hanging, document.querySelector("[data-step]"));

document.querySelectorAll("input[type=radio][data-aria-controls]").forEach(unfold);

const languages = document.querySelectorAll("[data-language]");
document.querySelectorAll("form.app-add").forEach((form) => takeAlong(languages, form));

const names = document.querySelectorAll("[data-roster-search]");
if (names.length) {
  import("./roster.js").then(({ enhance }) => names.forEach(enhance));
}

const lookups = document.querySelectorAll("[data-lookup]");
if (lookups.length) {
  import("./lookup.js").then(({ enhance }) => lookups.forEach(enhance));
}
