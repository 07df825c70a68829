// What the boxes that complete names have in common.

// Keeps what describes a box: the component drops it at the first letter.
export function keepDescribed(input, ids) {
  const describe = () => {
    const now = (input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
    const missing = ids.filter((id) => !now.includes(id));
    if (missing.length) input.setAttribute("aria-describedby", [...missing, ...now].join(" "));
  };
  new MutationObserver(describe).observe(input, { attributeFilter: ["aria-describedby"] });
  describe();
}

export function describersOf(field) {
  return (field.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean);
}

// The label of a field, with an id by which a list can be named after it.
export function labelOf(field) {
  const label = document.querySelector(`label[for="${CSS.escape(field.id)}"]`);
  label.id ||= `${field.id}-label`;
  return label;
}

export function escape(text) {
  const node = document.createElement("p");
  node.textContent = text;
  return node.innerHTML;
}
