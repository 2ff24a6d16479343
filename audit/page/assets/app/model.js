// What the page works with, and how it makes elements.

let printing = false; // the page is being drawn for paper
const byId = id => document.getElementById(id);
const data = JSON.parse(byId("data").textContent);

// The deals' details are read one by one, when a deal is opened.
let detailLines;
const detailOf = i => {
  detailLines ??= byId("details").textContent.trim().split("\n");
  return JSON.parse(detailLines[i] ?? "{}");
};

const severities = ["error", "warning", "info"];
const worse = Object.fromEntries(severities.map((s, i) => [s, severities.length - i]));
const stageName = i => i < 0 ? "none" : data.stages[i].name;
const stageId = i => i < 0 ? "" : data.stages[i].id;
// isBelow says that a deal earned less than is claimed: an earlier stage of the
// path, or its loss.
const isLost = i => data.stages[i].closes === "lost";
const isBelow = d => d.earned >= 0 && d.claimed >= 0 && !isLost(d.claimed) && (isLost(d.earned) || d.earned < d.claimed);
const ownerName = name => name || "no owner";
const dealName = d => d.name || d.id;

// Each deal knows its findings, and each finding what it can be searched by.
data.deals.forEach((d, i) => { d.index = i; d.findings = []; });
data.findings.forEach((f, i) => {
  f.index = i;
  if (f.deal >= 0) data.deals[f.deal].findings.push(f);
});
const searched = (...texts) => texts.filter(Boolean).join("\n").toLowerCase();
const textOf = f => f.text ??= searched(data.codes[f.code].id, data.codes[f.code].title, f.message, f.do, f.subject, f.owner,
  ...(f.deal < 0 ? [] : [data.deals[f.deal].id, data.deals[f.deal].name]), ...(f.evidence ?? []).map(e => e.id));
const textOfDeal = d => d.text ??= searched(d.id, d.name, d.owner, d.next?.name);

// element makes an element: properties that begin with "on" are listeners, true
// is an attribute without a value, and false or null is none. Children that are
// texts stay texts.
function element(tag, properties = {}, ...children) {
  const e = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith("on")) e.addEventListener(key.slice(2), value);
    else if (value === true) e.setAttribute(key, "");
    else if (value !== false && value != null) e.setAttribute(key, value);
  }
  e.append(...children.flat().filter(c => c != null && c !== ""));
  return e;
}

// own keeps a text from data to its own direction of writing.
const own = text => element("bdi", {}, text);
