"use strict";
// Charts are drawn by Vega-Lite from a description in the page. No code is made from text: expressions are interpreted.
(() => {
  if (typeof vegaEmbed === "undefined") return;
  const options = { actions: false, ast: true, renderer: "svg", defaultStyle: false, tooltip: { disableDefaultStyle: true, theme: "plain" } };

  // On a phone there is no room for names at the ends of lines: a legend below says whose is whose.
  function narrow(spec) {
    if (!spec.height || spec.height.step) return;
    spec.layer = spec.layer.filter((layer) => layer.mark.type !== "text");
    for (const layer of spec.layer) {
      const colour = layer.encoding.color;
      if (colour && colour.field) colour.legend = { orient: "bottom", columns: 1, title: null, labelLimit: 280 };
    }
  }

  for (const figure of document.querySelectorAll("[data-chart]")) {
    const spec = JSON.parse(figure.querySelector("script").textContent);
    const canvas = figure.querySelector(".canvas");
    if (canvas.clientWidth < 560) narrow(spec);
    vegaEmbed(canvas, spec, options).then((result) => {
      canvas.querySelector("svg").setAttribute("aria-hidden", "true"); // the canvas says what it shows, the table what it holds
      canvas.dataset.drawn = "yes";
      const pick = figure.querySelector("select");
      if (pick) pick.addEventListener("change", () => result.view.signal("picked", pick.selectedIndex ? pick.value : "").runAsync());
    }).catch(() => {
      canvas.textContent = "The chart could not be drawn; the table below holds the same figures.";
    });
  }
})();
