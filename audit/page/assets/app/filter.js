// What the lists are filtered by. It stands in the address, behind "#", so that
// a link or the way back keeps it.

const listKeys = ["code", "owner", "severity", "claimed", "earned", "status"];

function readFilter() {
  const p = new URLSearchParams(location.hash.slice(1));
  const f = { q: p.get("q") ?? "", view: p.get("view") === "deals" ? "deals" : "findings", sort: p.get("sort") ?? "",
    unit: p.get("unit"), deal: p.get("deal"), page: Math.max(1, parseInt(p.get("page"), 10) || 1) };
  for (const key of listKeys) f[key] = p.getAll(key);
  return f;
}

function addressOf(f) {
  const p = new URLSearchParams();
  if (f.view !== "findings") p.set("view", f.view);
  for (const key of listKeys) for (const value of f[key]) p.append(key, value);
  if (f.q) p.set("q", f.q);
  if (f.sort) p.set("sort", f.sort);
  if (f.page > 1) p.set("page", f.page);
  if (f.unit != null) p.set("unit", f.unit);
  if (f.deal != null) p.set("deal", f.deal);
  return "#" + p;
}

let filter = readFilter();

// change sets parts of the filter and shows what is left. Whatever it changes,
// the list begins anew at its first page.
function change(parts, { replace = false } = {}) {
  const next = addressOf({ ...filter, page: 1, ...parts });
  if (next === (location.hash || "#")) return;
  history[replace ? "replaceState" : "pushState"](null, "", next);
  show();
}

// toggled is the filter with one value switched on or off.
function toggled(key, value) {
  const on = filter[key].includes(value);
  return { [key]: on ? filter[key].filter(v => v !== value) : [...filter[key], value] };
}

const isFiltered = () => Boolean(filter.q) || listKeys.some(key => filter[key].length > 0);
const isChosen = (key, value) => filter[key].length === 0 || filter[key].includes(value);

function passes(owner, claimed, earned) {
  return isChosen("owner", owner ?? "") && isChosen("claimed", stageId(claimed)) && isChosen("earned", stageId(earned));
}

function foundFindings() {
  const q = filter.q.trim().toLowerCase();
  return data.findings.filter(f => passes(f.owner, f.claimed, f.earned) &&
    isChosen("code", data.codes[f.code].id) && isChosen("severity", f.severity) &&
    (filter.status.length === 0 || f.deal >= 0 && isChosen("status", data.deals[f.deal].status)) &&
    (!q || textOf(f).includes(q)));
}

function foundDeals() {
  const q = filter.q.trim().toLowerCase();
  const wanted = filter.code.length + filter.severity.length > 0;
  return data.deals.filter(d => passes(d.owner, d.claimed, d.earned) && isChosen("status", d.status) &&
    (!wanted || d.findings.some(f => isChosen("code", data.codes[f.code].id) && isChosen("severity", f.severity))) &&
    (!q || textOfDeal(d).includes(q)));
}

// labelOf says a value of the filter in words.
function labelOf(key, value) {
  switch (key) {
    case "code": return data.codes.find(c => c.id === value)?.title ?? value;
    case "owner": return ownerName(value);
    case "claimed": return "claimed: " + (data.stages.find(s => s.id === value)?.name ?? "none");
    case "earned": return "earned: " + (data.stages.find(s => s.id === value)?.name ?? "none");
    default: return value;
  }
}
