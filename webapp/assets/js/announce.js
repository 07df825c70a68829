// Says a message that the page arrived with: a live region speaks only when its text changes.
const SETTLE_MS = 150;

export function announce(region) {
  const message = region.textContent;
  region.textContent = "";
  setTimeout(() => {
    region.textContent = message;
  }, SETTLE_MS);
}
