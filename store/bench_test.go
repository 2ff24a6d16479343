package store_test

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/store"
)

// BenchmarkRecord counts durable calls a second, one transaction each, by one
// writer and by many. BenchmarkInsert is the limit: the same record into one
// table, and nothing else.
func BenchmarkRecord(b *testing.B) {
	eachBench(b, func(b *testing.B, db database, s *store.Store, tx *sql.Tx, c outcome.Call) error {
		_, err := s.Record(b.Context(), tx, c)
		return err
	})
}

// BenchmarkInsert is the limit of BenchmarkRecord.
func BenchmarkInsert(b *testing.B) {
	eachBench(b, func(b *testing.B, db database, _ *store.Store, tx *sql.Tx, c outcome.Call) error {
		query := "INSERT INTO " + db.table("calls") + " (deal, call, revision, content, record) VALUES ($1, $2, 0, '', $3)"
		_, err := tx.ExecContext(b.Context(), query, string(c.Deal), string(c.ID), record)
		return err
	})
}

const record = `{"id":"c-1","deal":"D-1","at":"2026-03-02T09:00:00Z","commitments":[{"commitment":"first_meeting","by":"buyer","due":"2026-03-04T09:00:00Z"}]}`

func eachBench(b *testing.B, work func(b *testing.B, db database, s *store.Store, tx *sql.Tx, c outcome.Call) error) {
	for _, writers := range []int{1, 64} {
		b.Run(fmt.Sprintf("SQLite/writers=%d", writers), func(b *testing.B) {
			bench(b, openSQLite(b, filepath.Join(b.TempDir(), "bench.db")), writers, work)
		})
		b.Run(fmt.Sprintf("PostgreSQL/writers=%d", writers), func(b *testing.B) {
			bench(b, openSchema(b, sharedCluster(b)), writers, work)
		})
	}
}

func bench(b *testing.B, db database, writers int, work func(b *testing.B, db database, s *store.Store, tx *sql.Tx, c outcome.Call) error) {
	s := db.store(b, parse(b, ladder))
	conns := writers
	if db.options.Dialect == store.SQLite {
		conns = 1 // it has one writer at a time: the others wait here, and not in it
	}
	db.SetMaxOpenConns(conns)
	db.SetMaxIdleConns(conns)
	var next, failed atomic.Int64
	var wg sync.WaitGroup
	b.ResetTimer()
	for range writers {
		wg.Go(func() {
			for n := next.Add(1); n <= int64(b.N); n = next.Add(1) {
				c := given(outcome.DealID(fmt.Sprintf("D-%d", n%1000)), outcome.CallID(fmt.Sprintf("c-%d", n)),
					monday.Add(time.Duration(n)*time.Second), "first_meeting")
				if err := retry(b.Context(), func() error {
					return db.try(b.Context(), func(tx *sql.Tx) error { return work(b, db, s, tx, c) })
				}); err != nil {
					b.Log(err)
					failed.Add(1)
				}
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	require.Zero(b, failed.Load())
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "calls/s")
}
