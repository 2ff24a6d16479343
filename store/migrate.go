package store

import (
	"context"
	"embed"
	"fmt"
	"io/fs"
	"strings"
)

//go:embed migrations/*/*.sql
var migrations embed.FS

// migrationsTable is made before the first migration. It says which of them the
// database has had.
const migrationsTable = `CREATE TABLE IF NOT EXISTS {migrations} (version INTEGER PRIMARY KEY);
`

// steps are the migrations of the dialect, in order: the first makes version 1.
func (s *Store) steps() []string {
	folder := "migrations/" + strings.ToLower(s.dialect.String())
	var out []string
	for {
		text, err := fs.ReadFile(migrations, fmt.Sprintf("%s/%d.sql", folder, len(out)+1))
		if err != nil {
			return out
		}
		out = append(out, string(text))
	}
}

// Migrate brings the tables to the version of this release, from whatever they
// are at, and returns both versions; 0 is none. Tables of a later release give
// a [*SchemaError]. Several programs may do this at the same time: PostgreSQL
// lets the second wait, SQLite may tell it that it is busy, see [Retryable].
func (s *Store) Migrate(ctx context.Context, tx Tx) (from, to int, err error) {
	return s.migrate(ctx, tx, s.steps())
}

func (s *Store) migrate(ctx context.Context, tx Tx, steps []string) (from, to int, err error) {
	in, err := s.in(tx)
	if err != nil {
		return 0, 0, err
	}
	if s.dialect == PostgreSQL {
		if _, err := in.exec(ctx, `SELECT pg_advisory_xact_lock($1)`, s.lockKey("migrations")); err != nil {
			return 0, 0, doing(err, "waiting for other programs to make the tables")
		}
	}
	if _, err := in.exec(ctx, migrationsTable); err != nil {
		return 0, 0, doing(err, "making the table of migrations")
	}
	if _, err := in.row(ctx, []any{&from}, `SELECT COALESCE(MAX(version), 0) FROM {migrations}`); err != nil {
		return 0, 0, doing(err, "reading the version of the tables")
	}
	if from > len(steps) {
		return from, from, &SchemaError{Have: from, Want: len(steps)}
	}
	for to = from; to < len(steps); to++ {
		for _, statement := range statements(steps[to]) {
			if _, err := in.exec(ctx, statement); err != nil {
				return from, to, doing(err, "bringing the tables to version %d", to+1)
			}
		}
		if _, err := in.exec(ctx, `INSERT INTO {migrations} (version) VALUES ($1)`, to+1); err != nil {
			return from, to, doing(err, "noting version %d of the tables", to+1)
		}
	}
	return from, to, nil
}

// MigrationSQL is what [Store.Migrate] would do to tables of a version, 0 where
// there are none, as SQL for those who let nobody but their own tools change
// the database. Run it in one transaction.
func (s *Store) MigrationSQL(from int) string {
	var b strings.Builder
	if from <= 0 {
		from = 0
		b.WriteString(s.words.Replace(migrationsTable))
	}
	for i, step := range s.steps() {
		if i >= from {
			fmt.Fprintf(&b, "\n%s", s.words.Replace(step))
			b.WriteString(s.words.Replace(fmt.Sprintf("INSERT INTO {migrations} (version) VALUES (%d);\n", i+1)))
		}
	}
	return b.String()
}

// statements cuts a migration into its statements, because not every driver
// takes more than one at a time. Comments go, since they may hold semicolons.
func statements(step string) []string {
	var out []string
	var b strings.Builder
	for line := range strings.Lines(step) {
		line, _, _ = strings.Cut(line, "--")
		if line = strings.TrimRight(line, " \n"); line == "" {
			continue
		}
		b.WriteString(line + "\n")
		if strings.HasSuffix(line, ";") {
			out = append(out, strings.TrimSuffix(b.String(), ";\n"))
			b.Reset()
		}
	}
	return out
}
