// The funnel: what is claimed on the left, what was earned on the right, and the
// stages down the middle.

const airPattern = () => {
  const ns = "http://www.w3.org/2000/svg";
  const make = (tag, attributes, ...children) => {
    const e = document.createElementNS(ns, tag);
    for (const [key, value] of Object.entries(attributes)) e.setAttribute(key, value);
    e.append(...children);
    return e;
  };
  return make("defs", {}, make("pattern", { id: "air", width: 6, height: 6, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" },
    make("rect", { width: 6, height: 6, fill: "var(--air)" }), make("rect", { width: 2, height: 6, fill: "var(--wrong)" })));
};

// chosenFunnel is the one of the unit that was chosen, or the first.
const chosenFunnel = () => data.funnels.find(f => f.unit === filter.unit) ?? data.funnels[0];

function drawUnits() {
  const host = byId("units");
  host.hidden = data.funnels.length < 2;
  const chosen = chosenFunnel();
  host.replaceChildren(...data.funnels.map(f => element("button", {
    type: "button", "aria-pressed": String(f === chosen),
    onclick: () => change({ unit: f === data.funnels[0] ? null : f.unit, page: filter.page }),
  }, !f.sums ? "Deals" : f.unit ? own(f.unit) : "Value")));
}

function drawFunnel() {
  const host = byId("funnel");
  const f = chosenFunnel();
  if (!f) return host.replaceChildren();
  drawUnits();
  const of = a => f.sums ? a.sum : a.deals;
  const sum = (...parts) => ({ deals: parts.reduce((n, p) => n + p.deals, 0), sum: parts.reduce((n, p) => n + p.sum, 0) });
  const value = a => f.sums ? short(a.sum) : grouped(a.deals);
  const said = a => (f.sums ? `${[short(a.sum), f.unit].filter(Boolean).join(" ")} in ` : "") + count(a.deals, "deal");
  const plus = x => Math.max(0, x); // a negative amount has no length

  const width = widthOf(host), narrow = width < 620;
  const gap = narrow ? 3 : Math.min(220, width * .22); // between the two sides, in pixels
  const outer = narrow ? 0 : 96;                       // for the numbers
  const height = narrow ? 74 : 50, head = narrow ? 26 : 34;
  const lengths = f.rows.flatMap(r => [plus(of(r.supported)) + plus(of(r.unsupported)) + plus(of(r.unknown)), plus(of(r.earned))]);
  const most = Math.max(...lengths) || 1;
  const half = width / 2 - outer, g = most * gap / 2 / (half - gap / 2);

  const rows = f.rows.map(r => {
    const claimed = sum(r.supported, r.unsupported, r.unknown), name = stageName(r.stage), id = stageId(r.stage);
    return { ...r, key: id, name, claimed,
      left: g + plus(of(r.supported)) + plus(of(r.unsupported)) + plus(of(r.unknown)), right: g + plus(of(r.earned)),
      claimedOpacity: isChosen("claimed", id) ? 1 : faded, earnedOpacity: isChosen("earned", id) ? 1 : faded };
  });
  const side = (key, say) => r => ({ key: r.key, href: addressOf({ ...filter, page: 1, ...toggled(key, r.key) }), label: say(r) });
  const claimedHits = rows.map(side("claimed", r => `${r.name}, claimed: ${said(r.claimed)}; supported ${said(r.supported)}, ` +
    `above the commitments ${said(r.unsupported)}, nobody can tell ${said(r.unknown)}`));
  const earnedHits = rows.map(side("earned", r => `${r.name}, earned: ${said(r.earned)}`));
  const parts = rows.flatMap(r => {
    let from = g;
    return [["supported", "var(--earned)"], ["unsupported", "url(#air)"], ["unknown", "var(--unknown)"]].map(([part, fill]) => {
      const to = from + plus(of(r[part])), p = { key: r.key, from: -from, to: -to, fill, opacity: r.claimedOpacity };
      from = to;
      return p;
    });
  }).filter(p => p.to < p.from);

  const bars = narrow ? { insetTop: 42, insetBottom: 8 } : { insetTop: 6, insetBottom: 6 };
  const line = narrow ? -4 : -8, second = narrow ? 0 : 9;
  const numbers = (anchor, x, part, opacity, dx) => [
    Plot.text(rows, { y: "key", ...(narrow ? { frameAnchor: anchor === "end" ? "left" : "right", textAnchor: anchor === "end" ? "start" : "end" } : { x, textAnchor: anchor }),
      text: r => narrow && f.sums ? r[part].deals ? `${value(r[part])} in ${count(r[part].deals, "deal")}` : "" : r[part].deals ? value(r[part]) : "",
      dx: narrow ? 0 : dx, dy: f.sums || narrow ? line : 0, fontSize: narrow ? 12 : 15, fontWeight: narrow ? 400 : 600, fill: "var(--ink)", fillOpacity: opacity }),
    ...(f.sums && !narrow ? [Plot.text(rows, { y: "key", x, textAnchor: anchor, text: r => r[part].deals ? count(r[part].deals, "deal") : "", dx, dy: second,
      fontSize: 12, fill: "var(--soft)", fillOpacity: opacity })] : []),
  ];
  const heading = (text, anchor) => Plot.text([text], { frameAnchor: "top-" + anchor, text: t => t, dy: -head + 4, lineAnchor: "top",
    ...(narrow ? {} : { frameAnchor: "top", dx: (anchor === "left" ? -1 : 1) * (gap / 2), textAnchor: anchor === "left" ? "end" : "start" }),
    fontSize: 12, fontWeight: 600, fill: "var(--soft)" });
  const end = most + g;

  draw(host, {
    height: rows.length * height + head, marginTop: head, marginBottom: 0,
    x: { domain: [-end, end], range: [outer, width - outer], axis: null },
    y: { type: "band", domain: rows.map(r => r.key), padding: 0, axis: null },
    marks: [
      airPattern,
      heading("Claimed by sellers", "left"), heading("Earned from buyers", "right"),
      Plot.barX(parts, { y: "key", x1: "from", x2: "to", fill: "fill", fillOpacity: "opacity", ...bars }),
      Plot.barX(rows, { y: "key", x1: g, x2: "right", fill: "var(--earned)", fillOpacity: "earnedOpacity", ...bars }),
      Plot.text(rows, { y: "key", text: r => isolated(r.name), frameAnchor: "middle", dy: narrow ? -22 : 0, className: "stage-name",
        fontSize: narrow ? 14 : 16, lineWidth: narrow ? (width - 20) / 14 : (gap - 16) / 16, textOverflow: narrow ? "ellipsis" : null, lineHeight: 1.1, fill: "var(--ink)" }),
      ...numbers("end", r => -r.left, "claimed", "claimedOpacity", -8),
      ...numbers("start", "right", "earned", "earnedOpacity", 8),
      hits(claimedHits, -end, 0), hits(earnedHits, 0, end),
    ],
  }, "Open deals by stage, as claimed and as earned");
}
