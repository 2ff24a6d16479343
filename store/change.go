package store

import (
	"context"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// Position is a place in the order of changes. Positions only grow; numbers may
// be left out. 0 lies before the first.
type Position int64

// ChangeKind is a kind of change.
type ChangeKind string

// The kinds of change.
const (
	KindOpened   ChangeKind = "opened"   // a deal record opened the deal
	KindSaved    ChangeKind = "saved"    // the deal has another deal record
	KindRecorded ChangeKind = "recorded" // a call record was added; it may have opened the deal
	KindRevised  ChangeKind = "revised"  // the verdict on an earlier call has changed
	KindWoken    ChangeKind = "woken"    // time has changed how the deal stands
	KindMoved    ChangeKind = "moved"    // the deal stands in another process, or another version
	KindRefolded ChangeKind = "refolded" // the deal was repaired
	KindParked   ChangeKind = "parked"   // the deal can not be judged
	KindErased   ChangeKind = "erased"   // the deal is gone, and this is all that is left of it
)

// Change says that something happened to a deal. What it is now is in the
// tables: a change carries nothing that could be out of date or would have to
// be erased.
type Change struct {
	Position Position
	Version  int64 // of the deal; the changes of one deal come in this order
	Deal     outcome.DealID
	Kind     ChangeKind
	Call     outcome.CallID  // of recorded and revised
	Stage    process.StageID // in which the deal stood after it; empty when erased
}

// Changes returns up to limit changes after a position, in order: remember the
// last one's position, and ask from there. None is ever left out, however the
// transactions that made them overlapped, and none of a deal comes before an
// earlier one of it.
//
// A position stands once the transaction is committed: act on the changes after
// that. With PostgreSQL the changes get their positions here, one transaction
// at a time, so that this is no transaction to hold open, and none that only
// reads.
func (s *Store) Changes(ctx context.Context, tx Tx, after Position, limit int) ([]Change, error) {
	in, err := s.in(tx)
	if err != nil {
		return nil, err
	}
	position := "id"
	if s.dialect == PostgreSQL {
		position = "position"
		if err := in.number(ctx, limit); err != nil {
			return nil, doing(err, "giving changes their positions")
		}
	}
	var out []Change
	err = in.rows(ctx, func(scan func(...any) error) error {
		var c Change
		err := scan(&c.Position, &c.Version, &c.Deal, &c.Kind, &c.Call, &c.Stage)
		out = append(out, c)
		return err
	}, `SELECT `+position+`, id, deal, kind, COALESCE(call, ''), COALESCE(stage, '') FROM {changes}
		WHERE `+position+` > $1 ORDER BY `+position+` LIMIT $2`, int64(after), limit)
	return out, doing(err, "reading changes")
}

// number gives positions to changes that have none. Ids can not serve: they are
// given before the commit, so that a lower one may come into sight after a
// follower has passed a higher one. A position is given to what is committed,
// by one transaction at a time, and the lock is held until that is committed
// too: whoever sees a position sees all before it. The sequence does not go
// back when a transaction does, so that no position ever means two changes.
func (s session) number(ctx context.Context, limit int) error {
	if _, err := s.exec(ctx, `SELECT pg_advisory_xact_lock($1)`, s.lockKey("changes")); err != nil {
		return err
	}
	_, err := s.exec(ctx, `WITH fresh AS MATERIALIZED (SELECT id FROM {changes} WHERE position IS NULL ORDER BY id LIMIT $1),
			numbered AS MATERIALIZED (SELECT id, nextval('{positions}') AS position FROM fresh)
		UPDATE {changes} SET position = numbered.position FROM numbered WHERE {changes}.id = numbered.id`, limit)
	return err
}

// TrimChanges removes the changes up to a position, when every follower has
// passed it, and returns how many there were.
func (s *Store) TrimChanges(ctx context.Context, tx Tx, through Position) (int64, error) {
	in, err := s.in(tx)
	if err != nil {
		return 0, err
	}
	position := "id"
	if s.dialect == PostgreSQL {
		position = "position"
	}
	n, err := in.exec(ctx, `DELETE FROM {changes} WHERE `+position+` <= $1`, int64(through))
	return n, doing(err, "removing changes")
}
