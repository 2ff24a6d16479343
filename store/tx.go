package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Tx is a transaction that the caller opened, and commits or rolls back: a
// [*sql.Tx], a [*sql.Conn] on which a transaction was begun, or what wraps one
// of them. A [*sql.DB] has the methods but is no transaction; it is refused
// with [ErrNoTransaction].
type Tx interface {
	ExecContext(ctx context.Context, query string, args ...any) (sql.Result, error)
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// session is a transaction with the words of its dialect and the names of the
// tables filled in.
type session struct {
	*Store
	tx Tx
}

// in opens a session. Every verb begins with it.
func (s *Store) in(tx Tx) (session, error) {
	if _, isDB := tx.(*sql.DB); isDB || tx == nil {
		return session{}, ErrNoTransaction
	}
	return session{s, tx}, nil
}

// exec runs a statement and returns how many rows it touched.
func (s session) exec(ctx context.Context, query string, args ...any) (int64, error) {
	result, err := s.tx.ExecContext(ctx, s.words.Replace(query), args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// rows runs a query and hands each row to a function.
func (s session) rows(ctx context.Context, each func(scan func(...any) error) error, query string, args ...any) (err error) {
	rows, err := s.tx.QueryContext(ctx, s.words.Replace(query), args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// row runs a query for one row, and reports whether there was one.
func (s session) row(ctx context.Context, dst []any, query string, args ...any) (found bool, err error) {
	err = s.rows(ctx, func(scan func(...any) error) error {
		found = true
		return scan(dst...)
	}, query, args...)
	return found, err
}

// doing says what was being done when an error came up. A nil error stays nil.
func doing(err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", fmt.Sprintf(format, args...), err)
}
