// The list below the charts: findings, or deals, a page at a time. On paper it is
// all of them.

const pageSize = 50;

const number = (a, b) => (a ?? -Infinity) - (b ?? -Infinity);
const byText = (a, b) => { // whatever the reader's language is
  const x = (a ?? "").toLowerCase(), y = (b ?? "").toLowerCase();
  return x < y ? -1 : x > y ? 1 : 0;
};
const dealOf = f => f.deal < 0 ? null : data.deals[f.deal];

const dealLink = d => element("a", { href: addressOf({ ...filter, deal: d.id }) }, own(dealName(d)));
// distance is how many stages of the path are claimed and not earned.
const distance = d => d.claimed < 0 || d.earned < 0 || isLost(d.claimed) || isLost(d.earned) ? -Infinity : d.claimed - d.earned;

function standing(f) {
  const claimed = own(stageName(f.claimed));
  if (f.earned < 0) return [claimed];
  if (f.claimed === f.earned) return [claimed, element("small", {}, "earned")];
  return [claimed, element("small", { class: isBelow(f) ? "bad" : "good" }, "earned ", own(stageName(f.earned)))];
}

const severityMark = s => element("span", { class: "severity " + s }, s === "info" ? "note" : s);

// Each column has a heading, what it shows of a row, and how rows compare by it.
const columns = {
  findings: [
    { key: "severity", name: "Severity", first: -1, show: f => severityMark(f.severity),
      compare: (a, b) => worse[a.severity] - worse[b.severity] },
    { key: "finding", name: "Finding", first: 1, wide: true, show: showFinding, compare: (a, b) => a.code - b.code },
    { key: "deal", name: "Deal", first: 1, show: f => dealOf(f) ? [dealLink(dealOf(f)), dealOf(f).name ? element("small", {}, own(dealOf(f).id)) : null] : "none",
      compare: (a, b) => a.deal - b.deal },
    { key: "owner", name: "Owner", first: 1, show: f => own(ownerName(f.owner)), compare: (a, b) => byText(a.owner, b.owner) },
    { key: "stage", name: "Claimed stage", first: -1, show: standing, compare: (a, b) => a.claimed - b.claimed },
    { key: "amount", name: "Amount", first: -1, numeric: true, show: f => money(f.amount, f.currency), compare: (a, b) => number(a.amount, b.amount) },
  ],
  deals: [
    { key: "deal", name: "Deal", first: 1, wide: true, show: d => [dealLink(d), d.name ? element("small", {}, own(d.id)) : null], compare: (a, b) => a.index - b.index },
    { key: "owner", name: "Owner", first: 1, show: d => own(ownerName(d.owner)), compare: (a, b) => byText(a.owner, b.owner) },
    { key: "stage", name: "Claimed stage", first: -1, show: standing, compare: (a, b) => a.claimed - b.claimed },
    { key: "distance", name: "Above", first: -1, numeric: true, show: d => distance(d) > 0 ? String(distance(d)) : "", compare: (a, b) => distance(a) - distance(b) },
    { key: "ask", name: "Ask next", show: d => d.next ? own(d.next.name) : "" },
    { key: "findings", name: "Findings", first: -1, numeric: true, show: d => d.findings.length ? String(d.findings.length) : "", compare: (a, b) => a.findings.length - b.findings.length },
    { key: "amount", name: "Amount", first: -1, numeric: true, show: d => money(d.amount, d.currency), compare: (a, b) => number(a.amount, b.amount) },
  ],
};

function showFinding(f) {
  const evidence = (f.evidence ?? []).map(e => [words(e.table), e.id, e.at, e.place].filter(Boolean).join(" "));
  return [
    element("strong", {}, data.codes[f.code].title),
    element("p", {}, own(f.message)),
    f.do ? element("p", { class: "do" }, own(f.do)) : null,
    evidence.length ? element("p", { class: "evidence" }, "See ", own(evidence.slice(0, 4).join(", ") + (evidence.length > 4 ? ` and ${evidence.length - 4} more` : ""))) : null,
  ];
}

// ordered sorts as the filter says: without a say, the gravest first and among
// those the greatest amount.
function ordered(rows) {
  const key = filter.sort.replace(/^-/, ""), column = columns[filter.view].find(c => c.key === key && c.compare);
  if (column) {
    const sign = filter.sort.startsWith("-") ? -1 : 1;
    return rows.sort((a, b) => sign * column.compare(a, b) || a.index - b.index);
  }
  if (filter.view === "deals") return rows.sort((a, b) => b.findings.length - a.findings.length || a.index - b.index);
  return rows.sort((a, b) => worse[b.severity] - worse[a.severity] || number(b.amount, a.amount) || a.index - b.index);
}

function heading(column) {
  if (!column.compare) return element("th", { scope: "col" }, column.name);
  const on = filter.sort.replace(/^-/, "") === column.key, down = filter.sort.startsWith("-");
  const first = (column.first < 0 ? "-" : "") + column.key;
  const other = (column.first < 0 ? "" : "-") + column.key;
  return element("th", { scope: "col", class: column.numeric && "numeric", "aria-sort": on ? (down ? "descending" : "ascending") : null },
    element("button", { type: "button", "data-sort": column.key, onclick: () => {
      change({ sort: filter.sort === first ? other : filter.sort === other ? "" : first });
      byId("table").querySelector(`[data-sort="${column.key}"]`)?.focus();
    } }, column.name, element("i", { "aria-hidden": "true" }, on ? (down ? "↓" : "↑") : "")));
}

function drawTable() {
  const rows = ordered(filter.view === "deals" ? foundDeals() : foundFindings());
  const all = filter.view === "deals" ? data.deals.length : data.findings.length;
  const last = Math.max(1, Math.ceil(rows.length / pageSize)), page = Math.min(filter.page, last);
  const shown = printing ? rows : rows.slice((page - 1) * pageSize, page * pageSize);
  const list = columns[filter.view];
  byId("list-title").textContent = filter.view === "deals" ? "Deals" : "Findings";
  byId("count").textContent = rows.length === all ? count(all, filter.view.slice(0, -1)) : `${grouped(rows.length)} of ${count(all, filter.view.slice(0, -1))}`;
  byId("chips").querySelector(".go").textContent = byId("count").textContent;
  const table = byId("table");
  table.hidden = false;
  table.className = "list " + filter.view;
  const cell = (c, row) => element("td", { class: [c.key, c.numeric && "numeric"].filter(Boolean).join(" "), "data-name": c.name }, c.show(row));
  table.replaceChildren(
    element("thead", {}, element("tr", {}, list.map(heading))),
    element("tbody", {}, shown.length ? shown.map(row => element("tr", {}, list.map(c => cell(c, row)))) :
      element("tr", {}, element("td", { colspan: list.length, class: "nothing" }, isFiltered() ? "Nothing is left by this filter." : "Nothing."))));
  drawPages(page, last);
}

function drawPages(page, last) {
  const nav = byId("pages");
  nav.hidden = last < 2 || printing;
  const button = (name, to) => element("button", { type: "button", disabled: to < 1 || to > last, onclick: () => {
    change({ page: to });
    toList();
  } }, name);
  nav.replaceChildren(button("Previous", page - 1), element("span", {}, `page ${page} of ${last}`), button("Next", page + 1));
}
