package main

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
	"github.com/advance-sales/advance/store"
)

// desk is what the pages, the API and the worker have in common: a database,
// the store in it, and a clock. The tables of the store hold the deals; two of
// our own hold the call that is planned next, and what time has done.
type desk struct {
	db    *sql.DB
	store *store.Store
	ev    *outcome.Evaluator
	p     *process.Process
	now   func() time.Time
	// snapshot is the isolation in which several queries see one moment.
	snapshot sql.IsolationLevel
}

// open opens a database: postgres://…, or a file for SQLite.
func open(ctx context.Context, name string, p *process.Process, now func() time.Time) (*desk, error) {
	d := &desk{p: p, ev: outcome.NewEvaluator(p, outcome.Options{}), now: now}
	dialect, driver, source := store.SQLite, "sqlite", sqliteSource(name) // there every transaction sees one moment
	if strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://") {
		dialect, driver, source = store.PostgreSQL, "pgx", name
		d.snapshot = sql.LevelRepeatableRead
	}
	var err error
	if d.store, err = store.New(store.Options{Dialect: dialect, Evaluators: []*outcome.Evaluator{d.ev}}); err != nil {
		return nil, err
	}
	if d.db, err = sql.Open(driver, source); err != nil {
		return nil, err
	}
	if err := d.db.PingContext(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("opening the database: %w", err), d.close())
	}
	return d, nil
}

func (d *desk) close() error { return d.db.Close() }

// sqliteSource says how SQLite is opened here: writers wait for each other, and
// what was committed outlives a power cut.
func sqliteSource(file string) string {
	return "file:" + (&url.URL{Path: file}).EscapedPath() +
		"?_txlock=immediate&_pragma=busy_timeout(10000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)"
}

// write runs work in a transaction, and all of it again when another writer was
// in the way.
func (d *desk) write(ctx context.Context, work func(tx *sql.Tx) error) error {
	return d.do(ctx, nil, work)
}

// read runs work in a transaction that changes nothing and sees one moment.
func (d *desk) read(ctx context.Context, work func(tx *sql.Tx) error) error {
	return d.do(ctx, &sql.TxOptions{ReadOnly: true, Isolation: d.snapshot}, work)
}

func (d *desk) do(ctx context.Context, o *sql.TxOptions, work func(tx *sql.Tx) error) error {
	for attempt := 1; ; attempt++ {
		tx, err := d.db.BeginTx(ctx, o)
		if err != nil {
			return err
		}
		if err = work(tx); err == nil {
			err = tx.Commit()
		} else {
			// A request that was given up has ended its transaction already.
			err = errors.Join(err, ignore(tx.Rollback(), sql.ErrTxDone))
		}
		if err == nil || attempt == 10 || !store.Retryable(err) {
			return err
		}
	}
}

func ignore(err, target error) error {
	if errors.Is(err, target) {
		return nil
	}
	return err
}

// ownTables are those beside the store's. Both dialects understand them.
const ownTables = `
CREATE TABLE IF NOT EXISTS crm_plans (deal TEXT PRIMARY KEY, kind TEXT NOT NULL, target TEXT NOT NULL, planned_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS crm_notices (deal TEXT NOT NULL, at TEXT NOT NULL, what TEXT NOT NULL, PRIMARY KEY (deal, at, what));`

// prepare makes the tables, and in a new database the deals to look at, all or
// nothing.
func (d *desk) prepare(ctx context.Context, seed bool) error {
	return d.write(ctx, func(tx *sql.Tx) error {
		from, _, err := d.store.Migrate(ctx, tx)
		if err != nil {
			return err
		}
		for statement := range strings.SplitSeq(strings.TrimSpace(ownTables), "\n") {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		if from == 0 && seed {
			return sow(ctx, tx, d)
		}
		return d.checkProcess(ctx, tx)
	})
}

// checkProcess refuses a database whose deals stand in another process. A
// program that knows several, or moves deals from one to the next, gives the
// store an evaluator of each. The tables of the store may be read with queries
// of one's own, as here; only the store writes to them.
func (d *desk) checkProcess(ctx context.Context, tx *sql.Tx) error {
	var deal, id string
	var version int
	err := tx.QueryRowContext(ctx, `SELECT deal, process, process_version FROM advance_deals WHERE fingerprint <> $1 ORDER BY deal LIMIT 1`,
		d.p.Ref().Fingerprint).Scan(&deal, &id, &version)
	if err != nil {
		return ignore(err, sql.ErrNoRows)
	}
	return fmt.Errorf("deal %s is judged by version %d of the process %s, and this would be version %d of %s: "+
		"name that process with -process, or another database with -db", deal, version, id, d.p.Version(), d.p.ID())
}

// record records a call, and with it takes away the plan that it carried out:
// both or neither.
func (d *desk) record(ctx context.Context, call outcome.Call) (recorded store.Recorded, err error) {
	err = d.write(ctx, func(tx *sql.Tx) error {
		if recorded, err = d.store.Record(ctx, tx, call); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM crm_plans WHERE deal = $1 AND planned_at <= $2`, string(call.Deal), stamp(call.At))
		return err
	})
	return recorded, err
}

// save opens a deal, or gives it another record.
func (d *desk) save(ctx context.Context, deal outcome.Deal) (folded store.Folded, err error) {
	err = d.write(ctx, func(tx *sql.Tx) error {
		folded, err = d.store.SaveDeal(ctx, tx, deal, process.Ref{})
		return err
	})
	return folded, err
}

// erase removes everything about a deal, from the store's tables and from ours.
func (d *desk) erase(ctx context.Context, deal outcome.DealID) (found bool, err error) {
	err = d.write(ctx, func(tx *sql.Tx) error {
		found, err = d.store.Erase(ctx, tx, deal)
		for _, table := range []string{"crm_plans", "crm_notices"} {
			_, err2 := tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE deal = $1`, string(deal))
			err = cmp.Or(err, err2)
		}
		return err
	})
	return found, err
}

// plan is the call that is planned next with a deal.
type plan struct {
	Kind    process.KindID
	Target  commitment.ID
	Planned time.Time
}

func (d *desk) savePlan(ctx context.Context, deal outcome.DealID, p plan) error {
	return d.write(ctx, func(tx *sql.Tx) error {
		if _, err := d.store.Deal(ctx, tx, deal); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO crm_plans (deal, kind, target, planned_at) VALUES ($1, $2, $3, $4)
			ON CONFLICT (deal) DO UPDATE SET kind = excluded.kind, target = excluded.target, planned_at = excluded.planned_at`,
			string(deal), string(p.Kind), string(p.Target), stamp(p.Planned.Truncate(time.Minute))) // forms know no seconds
		return err
	})
}

func (d *desk) plan(ctx context.Context, tx *sql.Tx, deal outcome.DealID) (p plan, planned bool, err error) {
	var at string
	err = tx.QueryRowContext(ctx, `SELECT kind, target, planned_at FROM crm_plans WHERE deal = $1`, string(deal)).Scan(&p.Kind, &p.Target, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return plan{}, false, nil
	}
	if err == nil {
		p.Planned, err = time.Parse(time.RFC3339, at)
	}
	return p, err == nil, err
}

// stamp writes an instant for our own tables: in UTC and to the second, so that
// texts sort as times do.
func stamp(t time.Time) string { return t.UTC().Format(time.RFC3339) }
