package store_test

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/store"
)

// database is a database of a test, and where in it the tables are.
type database struct {
	*sql.DB
	options store.Options // without evaluators
}

// eachDatabase runs a test on both dialects, each with empty tables.
func eachDatabase(t *testing.T, test func(t *testing.T, db database)) {
	t.Run("SQLite", func(t *testing.T) { test(t, openSQLite(t, filepath.Join(t.TempDir(), "test.db"))) })
	t.Run("PostgreSQL", func(t *testing.T) { test(t, openSchema(t, sharedCluster(t))) })
}

func sqliteDSN(file string) string {
	return "file:" + file + "?_txlock=immediate&_pragma=busy_timeout(20000)&_pragma=journal_mode(WAL)&_pragma=synchronous(FULL)"
}

func openSQLite(t testing.TB, file string) database {
	t.Helper()
	db, err := sql.Open("sqlite", sqliteDSN(file))
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	return database{db, store.Options{Dialect: store.SQLite, Prefix: "advance_"}}
}

var schemas atomic.Int64

// openSchema opens a cluster with a schema of its own for the tables.
func openSchema(t testing.TB, c *cluster) database {
	t.Helper()
	db, err := sql.Open("pgx", c.dsn())
	require.NoError(t, err)
	t.Cleanup(func() { _ = db.Close() })
	schema := fmt.Sprintf("sales_%d", schemas.Add(1))
	_, err = db.Exec("CREATE SCHEMA " + schema)
	require.NoError(t, err)
	return database{db, store.Options{Dialect: store.PostgreSQL, Schema: schema, Prefix: "adv_"}}
}

// table is the full name of one of the tables.
func (db database) table(name string) string {
	if db.options.Schema == "" {
		return db.options.Prefix + name
	}
	return db.options.Schema + "." + db.options.Prefix + name
}

// store opens a store in the database, and makes the tables.
func (db database) store(t testing.TB, evaluators ...*outcome.Evaluator) *store.Store {
	t.Helper()
	s := db.bare(t, evaluators...)
	inTx(t, db, func(tx *sql.Tx) {
		_, _, err := s.Migrate(t.Context(), tx)
		require.NoError(t, err)
	})
	return s
}

func (db database) bare(t testing.TB, evaluators ...*outcome.Evaluator) *store.Store {
	t.Helper()
	o := db.options
	o.Evaluators = evaluators
	s, err := store.New(o)
	require.NoError(t, err)
	return s
}

// inTx runs a function in a transaction and commits it.
func inTx(t testing.TB, db database, f func(tx *sql.Tx)) {
	t.Helper()
	tx, err := db.BeginTx(context.Background(), nil)
	require.NoError(t, err)
	defer func() { _ = tx.Rollback() }()
	f(tx)
	require.NoError(t, tx.Commit())
}

// try runs a function in a transaction, and commits it only without an error.
func (db database) try(ctx context.Context, f func(tx *sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	if err := f(tx); err != nil {
		_ = tx.Rollback()
		return err
	}
	return tx.Commit()
}

// record records calls, each in a transaction of its own.
func (db database) record(t testing.TB, s *store.Store, calls ...outcome.Call) (last store.Recorded) {
	t.Helper()
	for _, c := range calls {
		inTx(t, db, func(tx *sql.Tx) {
			var err error
			last, err = s.Record(t.Context(), tx, c)
			require.NoError(t, err)
		})
	}
	return last
}

// deal reads a deal.
func (db database) deal(t testing.TB, s *store.Store, id outcome.DealID) (d store.Deal) {
	t.Helper()
	inTx(t, db, func(tx *sql.Tx) {
		var err error
		d, err = s.Deal(t.Context(), tx, id)
		require.NoError(t, err)
	})
	return d
}

// sound says that Reconcile finds nothing.
func (db database) sound(t testing.TB, s *store.Store) {
	t.Helper()
	require.Empty(t, db.reconcile(t, s))
}

func (db database) reconcile(t testing.TB, s *store.Store) []store.Difference {
	t.Helper()
	var out []store.Difference
	for r := (store.Report{Deals: 1}); r.Deals > 0; {
		inTx(t, db, func(tx *sql.Tx) {
			var err error
			r, err = s.Reconcile(t.Context(), tx, r.Last, 100)
			require.NoError(t, err)
		})
		out = append(out, r.Differences...)
	}
	return out
}

// changes reads all changes after a position.
func (db database) changes(t testing.TB, s *store.Store, after store.Position) (out []store.Change) {
	t.Helper()
	inTx(t, db, func(tx *sql.Tx) {
		var err error
		out, err = s.Changes(t.Context(), tx, after, 1_000_000)
		require.NoError(t, err)
	})
	return out
}

// tables are all that the database has under the schema or the prefix.
func (db database) tables(t testing.TB) (names []string) {
	t.Helper()
	query, args := `SELECT name FROM sqlite_master WHERE type = 'table' AND name LIKE $1 ORDER BY name`, []any{db.options.Prefix + "%"}
	if db.options.Dialect == store.PostgreSQL {
		query = `SELECT table_name FROM information_schema.tables WHERE table_schema = $2 AND table_name LIKE $1 ORDER BY table_name`
		args = append(args, db.options.Schema)
	}
	rows, err := db.Query(query, args...)
	require.NoError(t, err)
	defer func() { _ = rows.Close() }()
	for rows.Next() {
		var name string
		require.NoError(t, rows.Scan(&name))
		names = append(names, strings.TrimPrefix(name, db.options.Prefix))
	}
	require.NoError(t, rows.Err())
	return names
}

// dump is everything that the tables hold, but for their version.
func (db database) dump(t testing.TB) string {
	t.Helper()
	out := ""
	for _, name := range db.tables(t) {
		if name == "migrations" {
			continue
		}
		rows, err := db.Query("SELECT * FROM " + db.table(name) + " ORDER BY 1, 2")
		require.NoError(t, err)
		columns, err := rows.Columns()
		require.NoError(t, err)
		for rows.Next() {
			values := make([]sql.NullString, len(columns))
			dst := make([]any, len(columns))
			for i := range values {
				dst[i] = &values[i]
			}
			require.NoError(t, rows.Scan(dst...))
			out += name + ":"
			for i, v := range values {
				out += " " + columns[i] + "=" + v.String
			}
			out += "\n"
		}
		require.NoError(t, rows.Err())
		require.NoError(t, rows.Close())
	}
	return out
}

// long makes the tests under fault run long.
var long = os.Getenv("ADVANCE_STORE_LONG") != ""

// unavailable skips a test for want of something, but fails it in a pipeline,
// where everything has to be there.
func unavailable(t testing.TB, why string) {
	t.Helper()
	if os.Getenv("CI") != "" {
		t.Fatal(why)
	}
	t.Skip(why)
}
