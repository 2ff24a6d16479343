package store

import (
	"fmt"
	"strings"
	"time"
)

// Dialect is the kind of database that the tables are in.
type Dialect uint8

// The dialects.
const (
	PostgreSQL Dialect = iota + 1 // 14 and later
	SQLite                        // 3.35 and later
)

// String returns the name of the dialect.
func (d Dialect) String() string {
	switch d {
	case PostgreSQL:
		return "PostgreSQL"
	case SQLite:
		return "SQLite"
	}
	return "no dialect"
}

// words fills in what differs between the dialects, and the names of tables.
// Queries are written with $1, $2 and so on; SQLite spells them ?1, ?2.
func (d Dialect) words(schema, prefix string) *strings.Replacer {
	qualified := prefix
	if schema != "" {
		qualified = schema + "." + prefix
	}
	pairs := []string{
		"{prefix}", prefix,
		"{deals}", qualified + "deals",
		"{calls}", qualified + "calls",
		"{verdicts}", qualified + "verdicts",
		"{changes}", qualified + "changes",
		"{positions}", qualified + "positions",
		"{migrations}", qualified + "migrations",
	}
	if d == SQLite {
		return strings.NewReplacer(append(pairs, "{lock}", "", "{share}", "", "{skip}", "", "$", "?")...)
	}
	return strings.NewReplacer(append(pairs,
		"{lock}", "FOR UPDATE", "{share}", "FOR SHARE", "{skip}", "FOR UPDATE SKIP LOCKED")...)
}

// sqliteTime is how SQLite keeps times: as texts that sort as the times do.
const sqliteTime = "2006-01-02T15:04:05.000000Z"

// column is a time as a parameter of a query, cut to the microseconds that
// databases keep. The zero time is NULL.
func (d Dialect) column(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	t = t.UTC().Truncate(time.Microsecond)
	if d == SQLite {
		return t.Format(sqliteTime)
	}
	return t
}

// timeColumn reads a time from a row of either dialect. NULL is the zero time.
type timeColumn struct{ time.Time }

func (t *timeColumn) Scan(column any) (err error) {
	switch v := column.(type) {
	case nil:
		t.Time = time.Time{}
	case time.Time:
		t.Time = v.UTC()
	case string:
		t.Time, err = time.Parse(sqliteTime, v)
	case []byte:
		t.Time, err = time.Parse(sqliteTime, string(v))
	default:
		err = fmt.Errorf("can not read a time from a column of type %T", column)
	}
	return err
}

// ceil rounds a time up to the microseconds that databases keep: a wake-up must
// never come before the change that it is for.
func ceil(t time.Time) time.Time {
	if cut := t.Truncate(time.Microsecond); cut.Before(t) {
		return cut.Add(time.Microsecond)
	}
	return t
}
