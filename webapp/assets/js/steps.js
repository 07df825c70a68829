// What the form of a page does with JavaScript beside being sent.

// A picture follows what is ticked: a part with data-when="field=value" shows while the form says so.
export function follow(picture, form) {
  const parts = [...picture.querySelectorAll("[data-when]")];
  form.addEventListener("change", () => {
    const filled = new FormData(form);
    for (const part of parts) {
      const [name, value] = part.dataset.when.split("=");
      part.classList.toggle("app-picture__on", filled.getAll(name).includes(value));
    }
  });
}

// Another language is another page: what was typed on this one is taken along.
export function takeAlong(language, form) {
  if (!form) return;
  language.addEventListener("submit", () => {
    for (const [name, value] of new FormData(form)) {
      if (name === "csrf_token") continue;
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name, value });
      language.append(field);
    }
  });
}
