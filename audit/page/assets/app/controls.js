// The controls above the list, and what it is filtered by just now.

const any = "\u0000any";
const controls = [
  ["code", "Finding", data.codes.map(c => [c.id, c.title])],
  ["severity", "Severity", severities.map(s => [s, s === "info" ? "note" : s])],
  ["owner", "Owner", [...new Set([...data.deals, ...data.findings].map(x => x.owner ?? ""))].sort(byText).map(o => [o, ownerName(o)])],
  ["claimed", "Claimed stage", [...data.stages.map(s => [s.id, s.name]), ["", "none"]]],
  ["earned", "Earned stage", [...data.stages.map(s => [s.id, s.name]), ["", "none"]]],
];
function buildFilters() {
  let waiting;
  const search = element("input", { type: "search", id: "q", placeholder: "Search", "aria-label": "Search the list", oninput: e => {
    clearTimeout(waiting);
    waiting = setTimeout(() => change({ q: e.target.value }, { replace: true }), 150);
  } });
  const selects = controls.map(([key, name, options]) => element("select", { id: "filter-" + key, "aria-label": name,
    onchange: e => change({ [key]: e.target.value === any ? [] : [e.target.value] }) },
  element("option", { value: any }, name), options.map(([value, label]) => element("option", { value }, label))));
  const sort = element("select", { id: "sort", class: "narrow", "aria-label": "Sort by", onchange: e => change({ sort: e.target.value }) });
  const form = byId("filters");
  form.replaceChildren(search, ...selects, sort);
  form.addEventListener("submit", e => e.preventDefault());
  form.hidden = false;
}

function drawFilters() {
  const search = byId("q");
  if (document.activeElement !== search) search.value = filter.q;
  for (const [key] of controls) byId("filter-" + key).value = filter[key].length === 1 ? filter[key][0] : any;
  const sort = byId("sort");
  sort.replaceChildren(element("option", { value: "" }, "Sort by"), ...columns[filter.view].filter(c => c.compare)
    .map(c => element("option", { value: (c.first < 0 ? "-" : "") + c.key }, c.name)));
  sort.value = filter.sort;
  const views = byId("views");
  views.hidden = false;
  views.replaceChildren(...["findings", "deals"].map(v => element("button", { type: "button", "aria-pressed": String(filter.view === v),
    onclick: () => change({ view: v, sort: "" }) }, v === "deals" ? "Deals" : "Findings")));

  const chips = byId("chips");
  chips.hidden = !isFiltered();
  const chip = (label, parts) => element("button", { type: "button", class: "chip", "aria-label": "Remove the filter " + label,
    onclick: () => { change(parts); byId("chips").querySelector("button")?.focus(); } }, own(label), element("i", { "aria-hidden": "true" }, "×"));
  const list = listKeys.flatMap(key => filter[key].map(value => chip(labelOf(key, value), toggled(key, value))));
  if (filter.q) list.push(chip(`“${filter.q}”`, { q: "" }));
  const none = Object.fromEntries(listKeys.map(key => [key, []]));
  chips.replaceChildren(element("span", { class: "label" }, "Filtered by"), ...list,
    element("button", { type: "button", class: "clear", onclick: () => change({ ...none, q: "" }) }, "Clear"),
    element("button", { type: "button", class: "go", onclick: toList }));
}

// toList brings the list into view.
function toList() {
  byId("list").scrollIntoView();
  byId("list").focus({ preventScroll: true });
}
