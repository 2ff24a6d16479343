// The view of one deal: where it stands, its ladder, what to ask for next, what
// was found, and everything that happened to it.

const dealIndex = new Map(data.deals.map((d, i) => [d.id, i]));

const statusMarks = {
  kept: ["●", "kept"], held: ["◐", "given"], overdue: ["◑", "overdue"], lost: ["✕", "lost"], waived: ["⊘", "waived"], waiting: ["○", "waiting"],
};

// rungStatus says what has become of a commitment in a deal.
function rungStatus(detail, id) {
  const has = list => (detail[list] ?? []).includes(id);
  const promised = list => (detail[list] ?? []).find(p => p.commitment === id);
  const open = promised("open"), overdue = promised("overdue");
  if (overdue) return ["overdue", overdue.date];
  if (has("waived")) return ["waived", ""];
  if (has("kept")) return ["kept", open ? open.date : ""];
  if (has("held")) return ["held", open ? open.date : ""];
  if (has("lost")) return ["lost", ""];
  return ["waiting", ""];
}

function ladder(d, detail) {
  const path = data.stages.filter(s => s.closes !== "lost");
  return element("ol", { class: "ladder" }, path.map((s, i) => {
    const marks = [
      d.claimed === i ? element("span", { class: "mark claimed" }, "claimed") : null,
      d.earned === i ? element("span", { class: "mark earned" }, "earned") : null,
      d.trusted === i ? element("span", { class: "mark" }, "opened here on trust") : null,
      (detail.gaps ?? []).includes(i) ? element("span", { class: "mark gap" }, "passed without its exit") : null,
    ];
    const earned = d.earned < 0 || isLost(d.earned) ? -1 : d.earned;
    const airy = d.earned >= 0 && i > earned && i <= d.claimed && !isLost(d.claimed);
    return element("li", { class: ["step", airy && "airy", i <= earned && "reached"].filter(Boolean).join(" ") },
      element("h4", {}, own(s.name), marks),
      element("ul", {}, s.ladder.map(r => {
        const [status, date] = rungStatus(detail, r.id);
        return element("li", { class: "rung " + status }, element("i", { "aria-hidden": "true" }, statusMarks[status][0]),
          own(r.name), element("small", {}, statusMarks[status][1] + (date ? ", due " + date.slice(0, 10) : "")));
      })));
  }));
}

// story is the calls with their verdicts and the moves by the seller, in the
// order of time.
function story(detail) {
  const calls = (detail.calls ?? []).map(c => [c.at, 1, element("li", { class: "call tone-" + resultTone[c.result] },
    element("time", {}, c.at), element("p", {},
      element("span", { class: "result" }, resultWords[c.result] ?? c.result),
      own([c.kind && words(c.kind), c.rep].filter(Boolean).join(", ")),
      element("small", {}, "stands at ", own(stageName(c.to)))),
    c.why ? element("p", { class: "why" }, own(c.why)) : null)]);
  const moves = (detail.moves ?? []).map(m => [m.at, 0, element("li", { class: "move" },
    element("time", {}, m.at), element("p", {}, m.from ? ["the seller moved it from ", own(m.from), " to ", own(m.to)] : ["the seller put it at ", own(m.to)]))]);
  const all = [...calls, ...moves].sort((a, b) => byText(a[0], b[0]) || a[1] - b[1]);
  return all.length ? element("ol", { class: "story" }, all.map(e => e[2])) : element("p", { class: "nothing" }, "No calls are on record.");
}

function verdictOn(d) {
  const claimed = element("b", {}, own(stageName(d.claimed)));
  if (d.claimed < 0) return ["No stage of the process is claimed."];
  if (d.earned < 0) return ["Claimed at ", claimed, ". No record could show a commitment: what it earned is not known."];
  if (d.claimed === d.earned) return ["Claimed at ", claimed, ", and its buyer’s commitments put it there."];
  return ["Claimed at ", claimed, "; its buyer’s commitments put it at ", element("b", { class: isBelow(d) ? "bad" : "good" }, own(stageName(d.earned))), "."];
}

function drawDeal() {
  const dialog = byId("deal"), i = filter.deal == null ? undefined : dealIndex.get(filter.deal);
  if (i === undefined) {
    if (dialog.open) dialog.close();
    return;
  }
  if (dialog.open && dialog.dataset.deal === filter.deal) return;
  const d = data.deals[i], detail = detailOf(i);
  const facts = [["Owner", ownerName(d.owner)], ["Amount", money(d.amount, d.currency)], ["Status", d.status], ["To close", d.closes], ["Closed", d.closed],
    ["Last activity", d.last], ["Last progress", d.progress], ["Calls", String(d.calls)], ["Stalled", d.stalled ? "yes" : ""]].filter(f => f[1]);
  dialog.dataset.deal = filter.deal;
  dialog.replaceChildren(
    element("form", { method: "dialog" }, element("p", { class: "label" }, "Deal ", own(d.id)),
      element("button", { class: "close", "aria-label": "Close" }, "×")),
    element("div", { class: "body", tabindex: 0 },
      element("h2", { id: "deal-title" }, own(dealName(d))),
      element("p", { class: "sub" }, verdictOn(d)),
      element("dl", { class: "deal-facts" }, facts.map(([name, value]) => element("div", {}, element("dt", {}, name), element("dd", {}, own(value))))),
      d.next ? element("section", { class: "next" }, element("h3", {}, "Ask next: ", own(d.next.name)), d.next.ask ? element("p", {}, own(`“${d.next.ask}”`)) : null) : null,
      data.hasDetails ? element("section", {}, element("h3", {}, "Ladder"), ladder(d, detail)) : null,
      d.findings.length ? element("section", {}, element("h3", {}, count(d.findings.length, "finding")), element("ul", { class: "found" },
        d.findings.map(f => element("li", {}, severityMark(f.severity), element("div", {}, showFinding(f)))))) : null,
      data.hasDetails ? element("section", {}, element("h3", {}, "Calls and moves"), story(detail)) : null));
  if (!dialog.open) dialog.showModal();
  dialog.querySelector(".body").scrollTop = 0;
}
