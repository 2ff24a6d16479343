// Puts the page together, and keeps it in step with the address, the width of
// the window and the printer.

// Only a change of the width asks for other drawings: their height follows.
let drawnWidth = 0;

function drawCharts() {
  if (byId("funnel").clientWidth === 0) return; // nobody sees them
  drawLinks();
  drawRates();
  drawStays();
}

// drawLinks draws what shows the filter and changes it.
function drawLinks() {
  drawFunnel();
  drawCodes();
  drawOwners();
}

function show() {
  filter = readFilter();
  if (drawnWidth > 0) drawLinks();
  drawFilters();
  drawTable();
  drawDeal();
}

addEventListener("hashchange", show);
addEventListener("popstate", show);

byId("deal").addEventListener("close", () => {
  if (filter.deal != null) change({ deal: null, page: filter.page });
});
byId("deal").addEventListener("click", e => { // beside it
  if (e.target === e.currentTarget) e.currentTarget.close();
});
document.querySelector(".skip").addEventListener("click", e => {
  e.preventDefault();
  toList();
});
document.querySelector(".facts").addEventListener("click", e => {
  if (e.target.closest("a")) setTimeout(toList); // once the address has changed
});

new ResizeObserver(() => {
  const width = document.body.clientWidth;
  if (width !== drawnWidth && !printing) {
    drawnWidth = width;
    drawCharts();
  }
}).observe(document.body);

// On paper the list is all of it, and the drawings suit a sheet.
function onPaper(yes) {
  if (printing === yes) return;
  printing = yes;
  drawCharts();
  drawTable();
}
addEventListener("beforeprint", () => onPaper(true));
addEventListener("afterprint", () => onPaper(false));
matchMedia("print").addEventListener("change", e => onPaper(e.matches));

buildFilters();
show();
