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

// Another language takes along what is typed: on a page with several boxes, what is typed in the last one used.
export function takeAlong(buttons, form) {
  form.addEventListener("input", () => buttons.forEach((button) => button.setAttribute("form", form.id)));
}
