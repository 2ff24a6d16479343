package outcome

import (
	"time"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/process"
)

// VerdictRecord is a verdict as it is written, with its texts.
type VerdictRecord struct {
	Call     CallID            `json:"call"`
	Deal     DealID            `json:"deal"`
	At       time.Time         `json:"at"` // in UTC
	Process  string            `json:"process"`
	Version  int               `json:"version"`
	Result   Result            `json:"result"`
	From     process.StageID   `json:"from"`
	To       process.StageID   `json:"to"`
	Credited []commitment.ID   `json:"credited"`
	Gained   []commitment.ID   `json:"gained"`
	Kept     []commitment.ID   `json:"kept"`
	Regained []commitment.ID   `json:"regained"`
	Lost     []commitment.ID   `json:"lost"`
	Gaps     []process.StageID `json:"gaps"`
	Target   TargetRecord      `json:"target"`
	Findings []FindingRecord   `json:"findings"`
	Next     []NextRecord      `json:"next"`
	Why      string            `json:"why"`
}

// TargetRecord is what came of the commitment that the call was for.
type TargetRecord struct {
	Commitment commitment.ID `json:"commitment"` // empty without a target
	Result     TargetResult  `json:"result"`
	Planned    bool          `json:"planned"`
}

// FindingRecord is one finding of a verdict. Its code is that of a
// [github.com/advance-sales/advance/finding.Code], or "house_" and the code of
// a house rule.
type FindingRecord struct {
	Code       string              `json:"code"`
	Severity   diagnostic.Severity `json:"severity"`
	Commitment commitment.ID       `json:"commitment"` // empty where it is about the whole call
	Message    string              `json:"message"`
}

// NextRecord is a commitment that would be credited now.
type NextRecord struct {
	Commitment commitment.ID   `json:"commitment"`
	Name       string          `json:"name"`
	Stage      process.StageID `json:"stage"`
	Rung       int             `json:"rung"` // on the ladder of its stage, from 1
	Role       Role            `json:"role"`
	Ask        string          `json:"ask"`
}

// Record turns the verdict into the record that is written, texts and all.
// Lists are never nil. Records share their lists, so what is in them must not be
// changed; appending to them is no harm.
func (v *Verdict) Record() (r VerdictRecord) {
	l := v.ev.forms()
	o := l.view(v.ev.process, v.move.to)
	w, ok := l.word(v, o)
	if !ok {
		return v.record(o, nil)
	}
	r = w.form.record
	c := v.prepared()
	r.Call, r.Deal, r.At = c.id, c.deal, c.at.time()
	r.Gaps, r.Next = o.gaps, o.next
	r.Why, r.Findings = w.why, w.findings
	return r
}

// AppendJSON appends the record as JSON, without a line feed behind it: the
// bytes that encoding [Verdict.Record] gives where < > & are not escaped, and
// little of the work. Invalid UTF-8 becomes U+FFFD.
func (v *Verdict) AppendJSON(dst []byte) []byte {
	l := v.ev.forms()
	o := l.view(v.ev.process, v.move.to)
	if form := l.of(v, o); form != nil {
		return form.appendJSON(dst, v, o)
	}
	r := v.record(o, nil)
	return appendRecord(dst, &r)
}

// record makes the record, but for what is left open.
func (v *Verdict) record(o *outlook, open *slots) (r VerdictRecord) {
	p, c := v.ev.process, v.prepared()
	r = VerdictRecord{
		Call: c.id, Deal: c.deal, At: c.at.time(), Process: p.ID(), Version: p.Version(),
		Result: v.result, From: v.From(), To: v.To(),
		Credited: ids(p, v.Credited()), Gained: ids(p, v.Gained()), Kept: ids(p, v.Kept()),
		Regained: ids(p, v.Regained()), Lost: ids(p, v.Lost()), Gaps: o.gaps,
		Target:   TargetRecord{Result: v.target, Planned: c.traits.any(planned)},
		Findings: []FindingRecord{}, Next: o.next,
	}
	if c.traits.any(aimed) {
		r.Target.Commitment = p.Commitment(c.target).ID()
	}
	t := texts{v: v, p: p, remarks: v.remarks(), outlook: o, open: open}
	for _, m := range t.remarks {
		r.Findings = append(r.Findings, FindingRecord{m.code.String(), p.Severity(m.code), t.about(m), t.finding(m)})
	}
	for _, h := range v.house {
		r.Findings = append(r.Findings, FindingRecord{"house_" + h.Code, h.Severity, h.Commitment, h.Message})
	}
	r.Why = t.why()
	return r
}

func nextRecord(p *process.Process, n step) NextRecord {
	c := p.Commitment(n.rung)
	return NextRecord{c.ID(), c.Name(), p.Stage(c.Stage()).ID(), c.Step(), n.role, c.Ask()}
}
