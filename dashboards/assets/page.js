// What the dashboards' pages do in the browser: addresses, focus, what is read out, and pictures.
(() => {
  const FRESH = 45 * 60 * 1000; // ms; the token that guards requests lasts an hour
  const FILTERS = ["study", "wave", "topic", "role", "formality", "site", "view"];
  const loaded = Date.now();
  let page = null;
  let said = "";

  // Shows an address: as a new entry of the history, or afresh when the page has stood open for long.
  function go(address) {
    if (Date.now() - loaded > FRESH) {
      location.assign(address);
      return;
    }
    history.pushState({}, "", address);
    dispatchEvent(new PopStateEvent("popstate"));
  }

  function withFilters() {
    const query = new URLSearchParams(location.search);
    for (const name of FILTERS) {
      const select = document.getElementById(`filter-${name}`);
      if (!select || select.disabled || select.closest("[hidden]")) continue;
      const unset = name === "view" ? "sites" : "all"; // what a page shows anyway
      if (select.value && select.value !== unset) query.set(name, select.value);
      else query.delete(name);
    }
    const text = query.toString();
    return location.pathname + (text ? `?${text}` : "");
  }

  // A study's own codes mean nothing in another study.
  function changed(select) {
    const fresh = new URLSearchParams({ study: select.value });
    go(select.id === "filter-study" ? `${location.pathname}?${fresh}` : withFilters());
  }

  // Plotly's own download draws from a blob: address, which the content security policy refuses; a data: one is allowed.
  async function picture(button) {
    const graph = document.querySelector(`#${CSS.escape(button.dataset.picture)} .js-plotly-plot`);
    if (!graph) return;
    const { width, height } = graph.getBoundingClientRect();
    const image = new Image();
    image.src = await window.Plotly.toImage(graph, { format: "svg", width, height });
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: 2 * width, height: 2 * height });
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((png) => save(png, `${button.dataset.picture}.png`), "image/png");
  }

  function save(content, name) {
    const link = Object.assign(document.createElement("a"), { href: URL.createObjectURL(content), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  document.addEventListener("change", ({ target }) => {
    if (target.matches("#filters select")) changed(target);
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-picture]");
    if (button) picture(button);
    const link = event.target.closest("a[data-page]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button) return;
    event.preventDefault();
    go(link.getAttribute("href"));
  });

  // A figure inside a folded part has no size until it is opened.
  document.addEventListener(
    "toggle",
    ({ target }) => target.querySelectorAll(".js-plotly-plot").forEach((graph) => window.Plotly.Plots.resize(graph)),
    true,
  );

  // A name that would lie on another is left out: the list beside the map has them all. Numbers always stay.
  function unclutter(graph) {
    const kept = [];
    const edge = graph.getBoundingClientRect();
    for (const note of graph.querySelectorAll(".annotation")) {
      const rank = /^\d+P?$/.test(note.textContent.trim());
      const box = (note.querySelector(".annotation-text-g") ?? note).getBoundingClientRect();
      const over = box.right > edge.right + 1 || box.left < edge.left - 1;
      const covers = over || kept.some(
        (other) => box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom,
      );
      note.style.visibility = covers && !rank ? "hidden" : "";
      if (!covers || rank) kept.push(box);
    }
  }

  // Figures are drawn after their place is there, and again whenever the window changes.
  const drawn = new WeakSet();
  new MutationObserver(() => {
    for (const graph of document.querySelectorAll("#flows-map .js-plotly-plot")) {
      if (drawn.has(graph) || !graph.on) continue;
      drawn.add(graph);
      graph.on("plotly_afterplot", () => unclutter(graph));
      unclutter(graph);
    }
  }).observe(document.documentElement, { childList: true, subtree: true });

  // On paper figures are as wide as the page, not as the window was; afterwards they fill their room again.
  const PAPER = 640; // px
  const figures = () => [...document.querySelectorAll(".js-plotly-plot")].filter((graph) => graph.offsetParent);
  addEventListener("beforeprint", () => figures().forEach((graph) => window.Plotly.relayout(graph, { width: PAPER })));
  addEventListener("afterprint", () =>
    figures().forEach((graph) => window.Plotly.relayout(graph, { width: undefined, autosize: true })),
  );

  // Says so when the figures cannot be brought up to date, instead of leaving old ones without a word.
  const ask = window.fetch;
  window.fetch = async (...request) => {
    const ours = String(request[0].url ?? request[0]).includes("_dash-update-component");
    try {
      const response = await ask(...request);
      if (ours) trouble(!response.ok || response.redirected);
      return response;
    } catch (fault) {
      if (ours) trouble(true);
      throw fault;
    }
  };

  function trouble(is) {
    const place = document.getElementById("trouble");
    place.replaceChildren();
    if (!is) return;
    const words = document.createElement("p");
    const again = document.createElement("a");
    words.textContent = "The figures could not be brought up to date. ";
    again.textContent = "Load this page again";
    again.href = location.href;
    words.append(again, ". You may be asked to sign in.");
    place.append(words);
  }

  function arrived(view) {
    if (!view) return "";
    const first = page === null;
    const moved = page !== view.page;
    page = view.page;
    const service = document.querySelector(".nhsuk-header__service-name")?.textContent.trim();
    document.title = service ? `${view.title} – ${service}` : view.title;
    if (first) return "";
    if (moved) {
      said = "";
      scrollTo(0, 0);
      document.getElementById("finding").focus();
      return said;
    }
    const words = `Figures changed. ${view.finding}`;
    said = words === said ? `${words}\u00a0` : words; // another text, so that it is read out again
    return said;
  }

  window.dash_clientside = Object.assign({}, window.dash_clientside, { confer: { arrived } });
})();
