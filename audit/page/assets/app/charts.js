// The charts beside the funnel: rows with a text above and a mark below. Colours
// are variables of the style sheet, so that the dark and paper need no redrawing.

const tone = { error: "var(--wrong)", warning: "var(--warn)", info: "var(--note)" };
const isolated = text => "\u2068" + text + "\u2069"; // own, within a drawing
const faded = .28;

// widthOf is how wide a drawing gets: the width of its place, and on paper one
// that suits a sheet, to which it is then scaled.
const widthOf = host => !printing ? host.clientWidth : host.classList.contains("wide") ? 700 : 335;

// draw puts a drawing in its place. The style sheet that comes with it is in the
// page's own one already; whoever was at a bar with the keyboard stays there.
function draw(host, options, label) {
  const svg = Plot.plot({ className: "plot", width: widthOf(host), marginLeft: 0, marginRight: 0, ...options });
  svg.querySelector("style")?.remove();
  svg.setAttribute("role", "group");
  svg.setAttribute("aria-label", label);
  for (const g of svg.children) g.removeAttribute("aria-label");
  for (const a of svg.querySelectorAll("a")) {
    a.setAttribute("aria-label", a.firstElementChild.getAttribute("aria-label"));
    a.firstElementChild.removeAttribute("aria-label");
  }
  for (const text of svg.querySelectorAll("text")) text.setAttribute("aria-hidden", "true");
  const at = [...host.querySelectorAll("a")].indexOf(document.activeElement);
  host.replaceChildren(svg);
  if (at >= 0) host.querySelectorAll("a")[at]?.focus({ preventScroll: true });
}

// hits are the places to click: the whole row, which a finger can meet.
const hits = (rows, x1, x2) => Plot.barX(rows, { y: "key", x1, x2, fill: "transparent", href: "href", ariaLabel: "label",
  title: "label", className: "hit", insetTop: 1, insetBottom: 1, rx: 4 });

const rowHeight = 46;
const rowTexts = (rows, width) => [
  Plot.text(rows, { y: "key", text: r => isolated(r.text), frameAnchor: "left", textAnchor: "start", lineAnchor: "bottom", dx: 6, dy: -1,
    fontSize: 13, fill: "var(--ink)", fillOpacity: "opacity", lineWidth: (width - 110) / 13, textOverflow: "ellipsis" }),
  Plot.text(rows, { y: "key", text: "number", frameAnchor: "right", textAnchor: "end", lineAnchor: "bottom", dx: -6, dy: -1,
    fontSize: 13, fill: r => r.soft ? "var(--soft)" : "var(--ink)", fillOpacity: "opacity", fontVariant: "tabular-nums" }),
];
const rowScale = rows => ({ type: "band", domain: rows.map(r => r.key), padding: 0, axis: null });
const barInsets = { insetTop: 27, insetBottom: 9, rx: 1 };

function drawCodes() {
  const host = byId("codes"), width = widthOf(host);
  if (data.codes.length === 0) return host.replaceChildren(element("p", { class: "nothing" }, "Nothing."));
  const rows = data.codes.map(c => ({
    key: c.id, text: c.title, n: c.findings, number: grouped(c.findings), tone: tone[c.severity],
    opacity: isChosen("code", c.id) ? 1 : faded, href: addressOf({ ...filter, page: 1, ...toggled("code", c.id) }),
    label: `${c.title}: ${count(c.findings, "finding")} in ${count(c.deals, "deal")}, ${c.severity}`,
  })).sort((a, b) => b.n - a.n);
  draw(host, {
    height: rows.length * rowHeight, marginTop: 0, marginBottom: 0,
    x: { domain: [0, rows[0].n], range: [6, width - 6], axis: null }, y: rowScale(rows),
    marks: [
      Plot.barX(rows, { y: "key", x: "n", fill: "tone", fillOpacity: "opacity", ...barInsets }),
      ...rowTexts(rows, width), hits(rows, 0, rows[0].n),
    ],
  }, "Findings by kind");
}

const mostOwners = 12;

function drawOwners() {
  const host = byId("owners"), width = widthOf(host);
  if (data.owners.length === 0) return host.replaceChildren(element("p", { class: "nothing" }, "Nothing."));
  const shown = data.owners.filter((o, i) => i < mostOwners || filter.owner.includes(o.name));
  const rows = shown.map(o => {
    const all = o.errors + o.warnings + o.notes;
    return {
      key: "o:" + o.name, text: ownerName(o.name), n: all, number: grouped(all), of: o,
      opacity: isChosen("owner", o.name) ? 1 : faded, href: addressOf({ ...filter, page: 1, ...toggled("owner", o.name) }),
      label: `${ownerName(o.name)}: ${count(o.errors, "error")}, ${count(o.warnings, "warning")}, ${count(o.notes, "note")}`,
    };
  });
  const parts = rows.flatMap(r => [["error", 0, r.of.errors], ["warning", r.of.errors, r.of.warnings],
    ["info", r.of.errors + r.of.warnings, r.of.notes]].map(([s, from, n]) => ({ ...r, from, to: from + n, tone: tone[s] })))
    .filter(p => p.to > p.from);
  const most = Math.max(...rows.map(r => r.n));
  draw(host, {
    height: rows.length * rowHeight, marginTop: 0, marginBottom: 0,
    x: { domain: [0, most], range: [6, width - 6], axis: null }, y: rowScale(rows),
    marks: [
      Plot.barX(parts, { y: "key", x1: "from", x2: "to", fill: "tone", fillOpacity: "opacity", insetRight: 1, ...barInsets }),
      ...rowTexts(rows, width), hits(rows, 0, most),
    ],
  }, "Findings by owner and severity");
  if (shown.length < data.owners.length) {
    host.append(element("p", { class: "more" }, `and ${count(data.owners.length - shown.length, "more owner")}, in the numbers below`));
  }
}

// The intervals: a dot for the value, a line for what it may be as well.
function drawIntervals(id, label, figures, { most, format, few, none, unit, ticks }) {
  const host = byId(id);
  if (!host) return;
  const width = widthOf(host);
  const rows = figures.map((f, i) => ({
    ...f, key: String(i), text: f.name, opacity: 1, soft: f.value == null,
    number: !f.enough ? few(f) : f.value == null ? none : `${format(f.value)} of ${grouped(f.of)}`,
  }));
  const drawn = rows.filter(r => r.enough);
  const lines = drawn.filter(r => r.low != null);
  const insets = { insetTop: 0, insetBottom: 0 };
  draw(host, {
    height: rows.length * rowHeight + 26, marginTop: 0, marginBottom: 26,
    x: { domain: [0, most], range: [12, width - 18] }, y: rowScale(rows),
    marks: [
      Plot.gridX({ ticks, stroke: "var(--line)", strokeOpacity: 1 }),
      Plot.axisX({ ticks, tickSize: 0, tickPadding: 8, tickFormat: unit, label: null, fontSize: 11, color: "var(--soft)" }),
      Plot.ruleY(rows, { y: "key", x1: 0, x2: most, stroke: "var(--line)", dy: 12 }),
      Plot.ruleY(lines, { y: "key", x1: "low", x2: r => r.high ?? most, stroke: "var(--earned)", strokeWidth: 6, strokeOpacity: .38, dy: 12, ...insets }),
      Plot.dot(drawn.filter(r => r.value != null), { y: "key", x: "value", r: 5, fill: "var(--earned)", stroke: "var(--paper)", strokeWidth: 1.5, dy: 12 }),
      ...rowTexts(rows, width),
    ],
  }, label);
}

function drawRates() {
  drawIntervals("rates", "Advance rate by stage, with 95 % intervals", data.rates ?? [], {
    most: 1, format: percent, few: f => `${count(f.of, "call")}, too few`, none: "", unit: percent, ticks: [0, .25, .5, .75, 1],
  });
}

function drawStays() {
  const stays = data.stays ?? [];
  const ends = stays.filter(s => s.enough).flatMap(s => [s.value, s.low, s.high]).filter(x => x != null);
  drawIntervals("stays", "Median days in each stage, with 95 % intervals", stays, {
    most: Math.max(7, ...ends) * 1.04, format: days, few: f => `${count(f.of, "stay")}, too few`, none: "half are still there", unit: days, ticks: 5,
  });
}
