package store

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// SaveDeal opens a deal, or gives it another record: when it was opened, at
// which stage, and what it is called. That can change what its calls were
// worth, and Revised tells where it did. The same record again changes nothing.
//
// The zero Ref is the process that the deal stands in, and for a new deal the
// first of the store. Any other than that of the deal gives an
// [*OtherProcessError]; a stage that its process does not have an
// [*outcome.UnknownStageError], and nothing is written.
func (s *Store) SaveDeal(ctx context.Context, tx Tx, deal outcome.Deal, in process.Ref) (Folded, error) {
	session, err := s.in(tx)
	if err != nil {
		return Folded{}, err
	}
	d, err := session.deal(ctx, deal.Deal, "{lock}")
	if err != nil {
		return Folded{}, err
	}
	switch zero := (process.Ref{}); {
	case d != nil && in != zero && in != d.process:
		return Folded{}, &OtherProcessError{Deal: deal.Deal, Have: d.process, Want: in}
	case d != nil:
		in = d.process
	case in == zero:
		in = s.refs[0]
	}
	ev, err := s.evaluator(deal.Deal, in)
	if err != nil {
		return Folded{}, err
	}
	fresh, err := openedByRecord(ev, deal)
	if err != nil {
		return Folded{}, err
	}
	if d == nil {
		err := session.write(ctx, fresh, work{changes: []note{{kind: KindOpened}}})
		return fresh.folded(nil), err
	}
	if d.record == fresh.record {
		return d.folded(nil), nil
	}
	d.record = fresh.record
	w, revised, err := session.refold(ctx, ev, d)
	if err != nil {
		return Folded{}, err
	}
	w.changes = notes(note{kind: KindSaved}, d, revised)
	err = session.write(ctx, d, w)
	return d.folded(revised), err
}

// openedByRecord is the row of a deal without calls, made from the form in
// which its record will be read again.
func openedByRecord(ev *outcome.Evaluator, deal outcome.Deal) (*dealRow, error) {
	text, err := json.Marshal(deal)
	if err != nil {
		return nil, &outcome.RecordError{Reason: err.Error()}
	}
	if deal, err = outcome.DecodeDeal(text); err != nil {
		return nil, err
	}
	return opened(ev, deal)
}

// Deal is a deal as it is stored.
type Deal struct {
	Summary
	Record outcome.Deal
	State  outcome.State
	// Standing is how the deal stands at the latest of its calls and wake-ups.
	Standing outcome.Standing
}

// Summary is what can be said of a deal without reading its history.
type Summary struct {
	Deal    outcome.DealID
	Version int64 // of the row; it only ever grows
	Process process.Ref
	Stage   process.StageID
	// NextChange is when the standing changes without a call, rounded up to
	// microseconds; zero where it does not.
	NextChange time.Time
	Parked     string // why the deal can not be judged; empty for a sound deal
}

func (d *dealRow) summary() Summary {
	return Summary{Deal: d.id, Version: d.version, Process: d.process, Stage: d.stage, NextChange: d.nextChange.Time, Parked: d.parked}
}

// Deal reads a deal. One that does not exist gives a [*NoDealError].
func (s *Store) Deal(ctx context.Context, tx Tx, deal outcome.DealID) (Deal, error) {
	in, err := s.in(tx)
	if err != nil {
		return Deal{}, err
	}
	d, err := in.deal(ctx, deal, "")
	if err != nil {
		return Deal{}, err
	}
	if d == nil {
		return Deal{}, &NoDealError{deal}
	}
	out := Deal{Summary: d.summary()}
	if out.Record, err = outcome.DecodeDeal([]byte(d.record)); err == nil {
		err = out.State.UnmarshalJSON([]byte(d.state))
	}
	if err == nil {
		err = json.Unmarshal([]byte(d.standing), &out.Standing)
	}
	return out, doing(err, "reading deal %q", deal)
}

// Query says which deals are to be listed. The zero Query is the first hundred
// of all.
type Query struct {
	// Process is the process that the deals stand in; the zero Ref is any.
	Process process.Ref
	// Parked leaves only deals that can not be judged.
	Parked bool
	// After is the last deal of the page before.
	After outcome.DealID
	// Limit is the greatest number of deals; 100 when 0.
	Limit int
}

// Deals lists deals in the order of their ids (of their bytes).
func (s *Store) Deals(ctx context.Context, tx Tx, q Query) ([]Summary, error) {
	in, err := s.in(tx)
	if err != nil {
		return nil, err
	}
	if q.Limit <= 0 {
		q.Limit = 100
	}
	where, args := []string{"deal > $1"}, []any{string(q.After), q.Limit}
	if ref := q.Process; ref != (process.Ref{}) {
		where = append(where, "process = $3 AND process_version = $4 AND fingerprint = $5")
		args = append(args, ref.ID, ref.Version, ref.Fingerprint)
	}
	if q.Parked {
		where = append(where, "parked IS NOT NULL")
	}
	found, err := in.deals(ctx, fmt.Sprintf(`WHERE %s ORDER BY deal LIMIT $2`, strings.Join(where, " AND ")), args...)
	out := make([]Summary, len(found))
	for i, d := range found {
		out[i] = d.summary()
	}
	return out, err
}

func (s session) deals(ctx context.Context, rest string, args ...any) ([]*dealRow, error) {
	var out []*dealRow
	err := s.rows(ctx, func(scan func(...any) error) error {
		d := &dealRow{}
		out = append(out, d)
		return scan(d.columns()...)
	}, `SELECT `+dealColumns+` FROM {deals} `+rest, args...)
	return out, doing(err, "reading deals")
}

// Calls returns every record of the calls of a deal, those that a later
// revision has replaced too, in the order of id and revision.
func (s *Store) Calls(ctx context.Context, tx Tx, deal outcome.DealID) ([]outcome.Call, error) {
	in, err := s.in(tx)
	if err != nil {
		return nil, err
	}
	history, err := in.history(ctx, deal)
	if err != nil {
		return nil, err
	}
	out := make([]outcome.Call, len(history))
	for i, stored := range history {
		if out[i], err = stored.decode(deal); err != nil {
			return nil, doing(err, "reading the calls of deal %q", deal)
		}
	}
	return out, nil
}

// Verdicts returns the verdicts on the calls of a deal, by time and id of the
// calls.
func (s *Store) Verdicts(ctx context.Context, tx Tx, deal outcome.DealID) ([]outcome.VerdictRecord, error) {
	in, err := s.in(tx)
	if err != nil {
		return nil, err
	}
	stored, err := in.verdicts(ctx, deal)
	if err != nil {
		return nil, err
	}
	out := make([]outcome.VerdictRecord, 0, len(stored))
	for call, row := range stored {
		var v outcome.VerdictRecord
		if err := json.Unmarshal([]byte(row.text), &v); err != nil {
			return nil, doing(err, "reading the verdict on call %q of deal %q", call, deal)
		}
		out = append(out, v)
	}
	slices.SortFunc(out, func(a, b outcome.VerdictRecord) int {
		return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.Call, b.Call))
	})
	return out, nil
}
