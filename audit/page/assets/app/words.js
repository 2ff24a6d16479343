// How numbers and results are put into words. Numbers look the same everywhere,
// whatever the reader's language is.

const space = "\u00a0";

// short writes a number with three digits that count.
function short(x) {
  const units = ["", space + "k", space + "M", space + "bn", space + "tn"];
  const sign = x < 0 ? "−" : "";
  x = Math.abs(x);
  let u = 0;
  for (; x >= 999.5 && u < units.length - 1; u++) x /= 1000;
  const digits = u === 0 && Number.isInteger(x) ? 0 : x < 9.995 ? 2 : x < 99.95 ? 1 : 0;
  const text = x.toFixed(digits);
  return sign + (digits ? text.replace(/\.?0+$/, "") : text) + units[u];
}

const grouped = n => String(n).replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
const count = (n, thing) => `${grouped(n)}${space}${thing}${n === 1 ? "" : "s"}`;
const percent = x => `${Math.round(x * 100)}${space}%`;
const days = x => `${x < 10 ? Math.round(x * 10) / 10 : Math.round(x)}${space}d`;

// money writes an amount to the unit.
function money(amount, currency) {
  if (amount == null) return "";
  const digits = Number.isInteger(amount) ? 0 : 2;
  const [whole, rest] = Math.abs(amount).toFixed(digits).split(".");
  return `${amount < 0 ? "−" : ""}${grouped(whole)}${rest ? "." + rest : ""}${currency ? space + currency : ""}`;
}

const resultWords = {
  order: "order", advance: "advance", recovery: "recovery", continuation: "continuation",
  refusal: "refusal", setback: "setback", no_sale: "no sale", no_contact: "no contact",
};
const resultTone = {
  order: "good", advance: "good", recovery: "good", continuation: "flat",
  refusal: "bad", setback: "bad", no_sale: "bad", no_contact: "quiet",
};
const words = id => id.replaceAll("_", " ");
