package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/go-json-experiment/json"

	"github.com/advance-sales/advance/outcome"
)

// MaxID is the greatest length of the id of a deal or a call, in bytes.
const MaxID = 255

// Recorded is what came of a call record.
type Recorded struct {
	Folded
	Call outcome.CallID // its id; derived from the content where the record has none
	// Seen says that the same record was there already. Nothing was written.
	Seen bool
	// Verdict is that on the call, by the record of it that counts. It is zero
	// where the deal is parked.
	Verdict outcome.VerdictRecord
}

// Record adds a call record to its deal, judges the call, and writes the deal as
// it stands then. A deal that does not exist is opened by it, in the first
// process of the store.
//
// A record that comes late, corrects an earlier one, or is out of order in any
// other way is as good as one in time: the deal is folded from all its records
// again, and Revised tells which earlier verdicts changed. The same record
// again changes nothing.
//
// A deal that can not be judged is no error, for the caller would then roll the
// record back: the record is kept, the deal is parked, and Parked says why. Each
// further record of it tries again.
//
// Errors are: [*outcome.RecordError] for a record that nobody could judge,
// [*UnknownProcessError], [ErrConflict], and those of the database. After any
// of them the transaction must be rolled back.
func (s *Store) Record(ctx context.Context, tx Tx, call outcome.Call) (Recorded, error) {
	in, err := s.in(tx)
	if err != nil {
		return Recorded{}, err
	}
	r, err := newRecord(call)
	if err != nil {
		return Recorded{}, err
	}
	d, err := in.deal(ctx, r.call.Deal, "{lock}")
	if err == nil && d == nil {
		d, err = opened(s.evaluators[s.refs[0]], outcome.Deal{Deal: r.call.Deal})
	}
	if err != nil {
		return Recorded{}, err
	}
	ev, err := s.evaluator(d.id, d.process)
	if err != nil {
		return Recorded{}, err
	}
	same, others, err := in.known(ctx, r)
	if err != nil {
		return Recorded{}, err
	}
	if same {
		return in.seen(ctx, d, r.call.ID)
	}
	if err := in.insert(ctx, r); err != nil {
		return Recorded{}, err
	}
	w, revised, err := in.judge(ctx, ev, d, r.call, others)
	if err != nil {
		return Recorded{}, err
	}
	w.changes = notes(note{KindRecorded, r.call.ID}, d, revised)
	if err := in.write(ctx, d, w); err != nil {
		return Recorded{}, err
	}
	out := Recorded{Folded: d.folded(revised), Call: r.call.ID}
	if d.parked == "" {
		out.Verdict, _, err = in.verdict(ctx, d.id, r.call.ID, w)
	}
	return out, err
}

// judge applies a call to the row. That takes one step where the call comes
// after all others of its deal, and the whole history where it does not.
func (s session) judge(ctx context.Context, ev *outcome.Evaluator, d *dealRow, call outcome.Call, again bool) (work, []Revised, error) {
	if !again && d.parked == "" {
		next := *d
		v, err := next.apply(ev, call)
		if err == nil {
			*d = next
			return work{verdicts: []verdict{v}}, nil, nil
		}
		// The call is late, or there is something wrong that the history can
		// mend or will name.
	}
	return s.refold(ctx, ev, d)
}

func (d *dealRow) apply(ev *outcome.Evaluator, call outcome.Call) (v verdict, err error) {
	err = guarded(func() error {
		var state outcome.State
		if err := state.UnmarshalJSON([]byte(d.state)); err != nil {
			return err
		}
		next, judged, err := ev.Apply(state, call)
		if err != nil {
			return err
		}
		if v, err = newVerdict(&judged); err != nil {
			return err
		}
		return d.become(ev, next)
	})
	return v, err
}

// verdict is that on a call, from the work at hand or else from the table.
func (s session) verdict(ctx context.Context, deal outcome.DealID, call outcome.CallID, w work) (v outcome.VerdictRecord, found bool, err error) {
	for _, v := range w.verdicts {
		if v.Call == call {
			return v.VerdictRecord, true, nil
		}
	}
	var text string
	found, err = s.row(ctx, []any{&text}, `SELECT record FROM {verdicts} WHERE deal = $1 AND call = $2`, string(deal), string(call))
	if err == nil && found {
		err = json.Unmarshal([]byte(text), &v)
	}
	return v, found, doing(err, "reading the verdict on call %q of deal %q", call, deal)
}

// seen is the answer to a record that is there already.
func (s session) seen(ctx context.Context, d *dealRow, call outcome.CallID) (Recorded, error) {
	out := Recorded{Folded: d.folded(nil), Call: call, Seen: true}
	if out.Parked != "" {
		return out, nil
	}
	v, _, err := s.verdict(ctx, d.id, call, work{})
	out.Verdict = v
	return out, err
}

// record is a call with what the table of calls keeps of it.
type record struct {
	call    outcome.Call
	content outcome.CallID // the id that the content alone would give
	text    string
}

// newRecord brings a call into the form in which it will be read again, so that
// a verdict never rests on anything that the table does not hold.
func newRecord(c outcome.Call) (r record, err error) {
	for range 2 { // the second time with the id that the first gave it
		text, err := json.Marshal(c)
		if err != nil {
			return record{}, &outcome.RecordError{Reason: err.Error()}
		}
		if len(text) > outcome.MaxRecord {
			return record{}, &outcome.RecordError{Reason: fmt.Sprintf("a record of more than %d bytes, the limit", outcome.MaxRecord)}
		}
		r.text = string(text)
		if r.call, err = outcome.DecodeCall(text); err != nil {
			return record{}, err
		}
		if c.ID != "" {
			break
		}
		c.ID = r.call.ID
	}
	if err := checkID("deal", string(r.call.Deal)); err != nil {
		return record{}, err
	}
	if err := checkID("id", string(r.call.ID)); err != nil {
		return record{}, err
	}
	r.content = contentOf(r.call)
	return r, nil
}

func contentOf(c outcome.Call) outcome.CallID {
	c.ID = ""
	return c.Identify().ID
}

// checkID refuses what can be no key of a table.
func checkID(field, id string) error {
	switch {
	case len(id) > MaxID:
		return &outcome.RecordError{Reason: fmt.Sprintf("%q has more than %d bytes, the limit", field, MaxID)}
	case strings.ContainsRune(id, 0):
		return &outcome.RecordError{Reason: fmt.Sprintf("%q holds a zero byte", field)}
	}
	return nil
}

// known reports whether this record is there, and whether others of its call are.
func (s session) known(ctx context.Context, r record) (same, others bool, err error) {
	err = s.rows(ctx, func(scan func(...any) error) error {
		var revision int
		var content string
		err := scan(&revision, &content)
		if revision == r.call.Revision && content == string(r.content) {
			same = true
		} else {
			others = true
		}
		return err
	}, `SELECT revision, content FROM {calls} WHERE deal = $1 AND call = $2`, string(r.call.Deal), string(r.call.ID))
	return same, others, doing(err, "looking for call %q of deal %q", r.call.ID, r.call.Deal)
}

func (s session) insert(ctx context.Context, r record) error {
	added, err := s.exec(ctx, `INSERT INTO {calls} (deal, call, revision, content, record) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING`,
		string(r.call.Deal), string(r.call.ID), r.call.Revision, string(r.content), r.text)
	if err == nil && added == 0 {
		err = ErrConflict
	}
	return doing(err, "writing call %q of deal %q", r.call.ID, r.call.Deal)
}

// storedCall is a row of the table of calls.
type storedCall struct {
	id       outcome.CallID
	revision int
	content  outcome.CallID
	text     string
}

// history reads all records of a deal.
func (s session) history(ctx context.Context, deal outcome.DealID) ([]storedCall, error) {
	var out []storedCall
	err := s.rows(ctx, func(scan func(...any) error) error {
		var c storedCall
		err := scan(&c.id, &c.revision, &c.content, &c.text)
		out = append(out, c)
		return err
	}, `SELECT call, revision, content, record FROM {calls} WHERE deal = $1 ORDER BY call, revision, content`, string(deal))
	return out, doing(err, "reading the calls of deal %q", deal)
}

// decode reads the record, and makes sure that it is the one that was written.
func (c storedCall) decode(deal outcome.DealID) (outcome.Call, error) {
	call, err := outcome.DecodeCall([]byte(c.text))
	if err != nil {
		return call, fmt.Errorf("the stored record of call %q, revision %d: %w", c.id, c.revision, err)
	}
	if call.Deal != deal || call.ID != c.id || call.Revision != c.revision || contentOf(call) != c.content {
		return call, fmt.Errorf("the stored record of call %q, revision %d, is not the one that was written", c.id, c.revision)
	}
	return call, nil
}
