package store

import (
	"context"
	"fmt"
	"hash/fnv"
	"strings"
	"time"

	"github.com/go-json-experiment/json"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// dealRow is a row of the table of deals. What is JSON stays text until it is
// needed, so that a row that can not be read harms nobody but its own deal.
type dealRow struct {
	id         outcome.DealID
	version    int64 // 0: not in the table yet
	process    process.Ref
	record     string
	state      string
	stage      process.StageID
	standing   string
	nextChange timeColumn
	woken      timeColumn
	parked     string
}

const dealColumns = `deal, version, process, process_version, fingerprint, record, state, stage, standing, next_change, woken, COALESCE(parked, '')`

func (d *dealRow) columns() []any {
	return []any{
		&d.id, &d.version, &d.process.ID, &d.process.Version, &d.process.Fingerprint, &d.record, &d.state,
		&d.stage, &d.standing, &d.nextChange, &d.woken, &d.parked,
	}
}

// deal reads a deal, or gives nil where there is none. Lock is empty, {lock} or
// {share}: where PostgreSQL lets other writers wait, instead of failing later
// at the version.
func (s session) deal(ctx context.Context, id outcome.DealID, lock string) (*dealRow, error) {
	var d dealRow
	found, err := s.row(ctx, d.columns(), `SELECT `+dealColumns+` FROM {deals} WHERE deal = $1 `+lock, string(id))
	if err != nil || !found {
		return nil, doing(err, "reading deal %q", id)
	}
	return &d, nil
}

// opened is the row of a deal without calls.
func opened(ev *outcome.Evaluator, deal outcome.Deal) (*dealRow, error) {
	p := ev.Process()
	d := &dealRow{id: deal.Deal, process: p.Ref()}
	if err := checkID("deal", string(deal.Deal)); err != nil {
		return nil, err
	}
	text, err := json.Marshal(deal)
	if err != nil {
		return nil, &outcome.RecordError{Reason: err.Error()}
	}
	d.record = string(text)
	state, err := outcome.Open(p, deal)
	if err != nil {
		return nil, err
	}
	return d, d.become(ev, state)
}

// become gives the deal a state, and makes what follows from it: how it stands
// at the latest instant that it has seen, and when that changes.
func (d *dealRow) become(ev *outcome.Evaluator, state outcome.State) error {
	record, err := outcome.DecodeDeal([]byte(d.record))
	if err != nil {
		return err
	}
	standing, err := ev.Standing(state, latest(record.Opened, state.LastAt(), d.woken.Time))
	if err != nil {
		return err
	}
	next := ceil(standing.NextChange)
	if next.Year() > lastYear {
		next, standing.NextChange = time.Time{}, time.Time{}
	}
	stateText, err := state.MarshalJSON()
	if err != nil {
		return err
	}
	standingText, err := json.Marshal(standing)
	if err != nil {
		return err
	}
	d.state, d.standing, d.stage, d.nextChange.Time = string(stateText), string(standingText), standing.Stage, next
	d.parked = ""
	return nil
}

// lastYear is the last that RFC 3339 can name. What comes later never comes.
const lastYear = 9999

func latest(times ...time.Time) (out time.Time) {
	for _, t := range times {
		if out.IsZero() || t.After(out) && !t.IsZero() {
			out = t
		}
	}
	return out
}

// park sets the deal aside. Its state stays as it was.
func (d *dealRow) park(fault error) {
	d.parked = strings.ToValidUTF8(strings.ReplaceAll(fault.Error(), "\x00", ""), "?")
	d.nextChange.Time = time.Time{}
}

// write puts the row and what belongs to it into the tables. The row is written
// only where its version is still the one that was read.
func (s session) write(ctx context.Context, d *dealRow, w work) error {
	read := d.version
	for _, c := range w.changes {
		found, err := s.row(ctx, []any{&d.version},
			`INSERT INTO {changes} (deal, kind, call, stage) VALUES ($1, $2, NULLIF($3, ''), $4) RETURNING id`,
			string(d.id), string(c.kind), string(c.call), string(d.stage))
		if err == nil && !found {
			err = fmt.Errorf("the table of changes gave it no id")
		}
		if err != nil {
			return doing(err, "noting a change of deal %q", d.id)
		}
	}
	rest := []any{
		string(d.id), d.version, d.process.ID, d.process.Version, d.process.Fingerprint, d.record, d.state,
		string(d.stage), d.standing, s.dialect.column(d.nextChange.Time), s.dialect.column(d.woken.Time), d.parked,
	}
	var touched int64
	var err error
	if read == 0 {
		touched, err = s.exec(ctx, `INSERT INTO {deals} (deal, version, process, process_version, fingerprint, record, state, stage, standing, next_change, woken, parked)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, NULLIF($12, '')) ON CONFLICT DO NOTHING`, rest...)
	} else {
		touched, err = s.exec(ctx, `UPDATE {deals} SET version = $2, process = $3, process_version = $4, fingerprint = $5, record = $6, state = $7,
			stage = $8, standing = $9, next_change = $10, woken = $11, parked = NULLIF($12, '') WHERE deal = $1 AND version = $13`, append(rest, read)...)
	}
	if err != nil {
		return doing(err, "writing deal %q", d.id)
	}
	if touched == 0 {
		return doing(ErrConflict, "writing deal %q", d.id)
	}
	return s.writeVerdicts(ctx, d.id, w)
}

func (s session) writeVerdicts(ctx context.Context, deal outcome.DealID, w work) error {
	for _, v := range w.verdicts {
		if _, err := s.exec(ctx, `INSERT INTO {verdicts} (deal, call, at, result, record) VALUES ($1, $2, $3, $4, $5)
			ON CONFLICT (deal, call) DO UPDATE SET at = excluded.at, result = excluded.result, record = excluded.record`,
			string(deal), string(v.Call), s.dialect.column(v.row.at), v.row.result, v.row.text); err != nil {
			return doing(err, "writing the verdict on call %q of deal %q", v.Call, deal)
		}
	}
	for _, call := range w.gone {
		if _, err := s.exec(ctx, `DELETE FROM {verdicts} WHERE deal = $1 AND call = $2`, string(deal), string(call)); err != nil {
			return doing(err, "removing the verdict on call %q of deal %q", call, deal)
		}
	}
	return nil
}

// work is what has to be written beside the row of a deal. There is always at
// least one change, for it gives the row its version.
type work struct {
	changes  []note
	verdicts []verdict
	gone     []outcome.CallID // verdicts without a call
}

type note struct {
	kind ChangeKind
	call outcome.CallID
}

// lockKey is the key of an advisory lock of PostgreSQL.
func (s *Store) lockKey(what string) int64 {
	h := fnv.New64a()
	fmt.Fprintf(h, "advance %s.%s %s", s.schema, s.prefix, what)
	return int64(h.Sum64())
}
