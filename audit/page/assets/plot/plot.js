// What the page takes from Observable Plot. Everything else is left out of the bundle.
export { plot, axisX, barX, dot, gridX, ruleX, ruleY, text } from "@observablehq/plot";
