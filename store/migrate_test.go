package store_test

import (
	"database/sql"
	"go/parser"
	"go/token"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/store"
)

func TestMigrate(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s := db.bare(t, parse(t, ladder))
		migrate := func() (from, to int) {
			require.NoError(t, db.try(t.Context(), func(tx *sql.Tx) (err error) {
				from, to, err = s.Migrate(t.Context(), tx)
				return err
			}))
			return from, to
		}
		// Several programs start at once, and one of them makes the tables.
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				assert.NoError(t, retry(t.Context(), func() error {
					return db.try(t.Context(), func(tx *sql.Tx) error {
						_, _, err := s.Migrate(t.Context(), tx)
						return err
					})
				}))
			})
		}
		wg.Wait()
		from, to := migrate()
		assert.Equal(t, 1, from)
		assert.Equal(t, 1, to)
		db.record(t, s, given("D-1", "c-1", monday))

		_, err := db.Exec("INSERT INTO " + db.table("migrations") + " (version) VALUES (99)")
		require.NoError(t, err)
		var later *store.SchemaError
		require.ErrorAs(t, db.try(t.Context(), func(tx *sql.Tx) error {
			_, _, err := s.Migrate(t.Context(), tx)
			return err
		}), &later)
		assert.Equal(t, 99, later.Have)
	})
}

// TestMigrationSQL makes the tables with the printed SQL, as a tool of the
// caller would, and finds them as Migrate makes them.
func TestMigrationSQL(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		s := db.bare(t, parse(t, ladder))
		sqlText := s.MigrationSQL(0)
		assert.NotContains(t, sqlText, "{")
		_, err := db.Exec(sqlText)
		require.NoError(t, err)
		inTx(t, db, func(tx *sql.Tx) {
			from, to, err := s.Migrate(t.Context(), tx)
			require.NoError(t, err)
			assert.Equal(t, 1, from)
			assert.Equal(t, 1, to)
		})
		assert.Equal(t, []string{"calls", "changes", "deals", "migrations", "verdicts"}, db.tables(t))
		db.record(t, s, given("D-1", "c-1", monday))
		db.sound(t, s)
		assert.Empty(t, s.MigrationSQL(1))
	})
}

// TestSideBySide keeps two stores in one database.
func TestSideBySide(t *testing.T) {
	eachDatabase(t, func(t *testing.T, db database) {
		one := db.store(t, parse(t, ladder))
		other := db
		other.options.Prefix = "other_"
		two := other.store(t, parse(t, ladder))
		db.record(t, one, given("D-1", "c-1", monday))
		assert.Empty(t, other.dump(t))
		assert.False(t, other.record(t, two, given("D-1", "c-1", monday)).Seen)
	})
}

func TestOptions(t *testing.T) {
	ev := []*outcome.Evaluator{parse(t, ladder)}
	for want, o := range map[string]store.Options{
		"needs a dialect":              {Evaluators: ev},
		"SQLite has no schemas":        {Evaluators: ev, Dialect: store.SQLite, Schema: "x"},
		`schema "x; drop" can not`:     {Evaluators: ev, Dialect: store.PostgreSQL, Schema: "x; drop"},
		`prefix "Upper" can not`:       {Evaluators: ev, Dialect: store.SQLite, Prefix: "Upper"},
		"at least one evaluator":       {Dialect: store.SQLite},
		"two evaluators of process la": {Dialect: store.SQLite, Evaluators: append(ev, ev...)},
	} {
		_, err := store.New(o)
		require.ErrorContains(t, err, want)
	}
}

// TestNoDriver holds the promise that the choice of a driver is the caller's:
// what the package imports outside of its tests is the library, one of JSON, and
// the standard library.
func TestNoDriver(t *testing.T) {
	files, err := os.ReadDir(".")
	require.NoError(t, err)
	for _, f := range files {
		if !strings.HasSuffix(f.Name(), ".go") || strings.HasSuffix(f.Name(), "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), f.Name(), nil, parser.ImportsOnly)
		require.NoError(t, err)
		for _, i := range file.Imports {
			path := strings.Trim(i.Path.Value, `"`)
			ours := strings.HasPrefix(path, "github.com/advance-sales/advance/") || path == "github.com/go-json-experiment/json"
			assert.True(t, ours || !strings.Contains(path, "."), "%s imports %s", f.Name(), path)
		}
	}
}
