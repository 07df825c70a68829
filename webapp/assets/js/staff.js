// What the pages of evaluators, analysts and administrators do with JavaScript.
import { createAll } from "nhsuk-frontend/dist/nhsuk/index.mjs";
import { Button } from "nhsuk-frontend/dist/nhsuk/components/button/button.mjs";
import { Checkboxes } from "nhsuk-frontend/dist/nhsuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "nhsuk-frontend/dist/nhsuk/components/error-summary/error-summary.mjs";
import { Header } from "nhsuk-frontend/dist/nhsuk/components/header/header.mjs";
import { NotificationBanner } from "nhsuk-frontend/dist/nhsuk/components/notification-banner/notification-banner.mjs";
import { Radios } from "nhsuk-frontend/dist/nhsuk/components/radios/radios.mjs";
import { SkipLink } from "nhsuk-frontend/dist/nhsuk/components/skip-link/skip-link.mjs";
import { announce } from "./announce.js";

document.body.classList.add("js-enabled", "nhsuk-frontend-supported");

for (const component of [Button, Checkboxes, ErrorSummary, Header, NotificationBanner, Radios, SkipLink]) {
  createAll(component);
}

document.querySelectorAll("[data-announce]").forEach(announce);
