/** What bars and ribbons of the diagram are called, in the language of the page. */

/** Names them, now and when the language changes. */
export function createFlows() {
  const drawing = document.getElementById("flows");
  if (!drawing) return;
  const patterns = JSON.parse(drawing.dataset.patterns);
  const bars = [...drawing.querySelectorAll("[data-bar]")];
  const names = new Map(bars.map((bar) => [bar.dataset.bar, JSON.parse(bar.dataset.names)]));
  const show = () => {
    const language = document.documentElement.lang;
    for (const bar of bars) {
      bar.querySelector("title").textContent = names.get(bar.dataset.bar)[language];
    }
    for (const ribbon of drawing.querySelectorAll(".ribbon")) {
      const { from, to, n, weight } = ribbon.dataset;
      const values = { from: names.get(from)[language], to: names.get(to)[language], n, weight };
      ribbon.firstElementChild.textContent = patterns[language].replace(
        /\{(\w+)\}/g,
        (_, name) => values[name],
      );
    }
  };
  document.addEventListener("languagechange", show);
  show();
  for (const bar of bars) {
    for (const kind of ["pointerenter", "pointerleave"]) {
      bar.addEventListener(kind, () => mark(drawing, bar.dataset.bar, kind === "pointerenter"));
    }
  }
}

/** Lets the ribbons of a bar stand out, or no longer. */
function mark(drawing, bar, isMarked) {
  for (const ribbon of drawing.querySelectorAll(".ribbon")) {
    const { from, to } = ribbon.dataset;
    ribbon.classList.toggle("marked", isMarked && (from === bar || to === bar));
  }
}
