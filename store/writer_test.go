package store_test

import (
	"bufio"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"sync"
	"time"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
	"github.com/advance-sales/advance/store"
)

// writerEnv tells the test binary that it is to be a writer that can be killed.
const writerEnv = "ADVANCE_STORE_TEST_WRITER"

// orders are the first line that a writer reads. The others are tasks.
type orders struct {
	Driver  string
	DSN     string
	Conns   int
	Options store.Options // without evaluators
	Process json.RawMessage
	Writers int
}

// task is a record to be written, and the number to acknowledge it by.
type task struct {
	Number int
	Call   json.RawMessage `json:",omitempty"`
	Deal   json.RawMessage `json:",omitempty"`
}

// runAsWriter is the program of a writer. It goes on until all is written,
// however often the database goes away, or until it is killed.
func runAsWriter() bool {
	if os.Getenv(writerEnv) == "" {
		return false
	}
	if err := write(); err != nil {
		fmt.Fprintln(os.Stderr, "writer:", err)
		os.Exit(1)
	}
	return true
}

func write() error {
	in := json.NewDecoder(bufio.NewReader(os.Stdin))
	var o orders
	if err := in.Decode(&o); err != nil {
		return err
	}
	p, err := process.Parse("test.yaml", o.Process)
	if err != nil {
		return err
	}
	o.Options.Evaluators = []*outcome.Evaluator{outcome.NewEvaluator(p, outcome.Options{})}
	s, err := store.New(o.Options)
	if err != nil {
		return err
	}
	pool, err := sql.Open(o.Driver, o.DSN)
	if err != nil {
		return err
	}
	pool.SetMaxOpenConns(o.Conns)
	pool.SetMaxIdleConns(o.Conns)
	db := database{DB: pool}

	var tasks []task
	for in.More() {
		var next task
		if err := in.Decode(&next); err != nil {
			return err
		}
		tasks = append(tasks, next)
	}
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	go wakeUp(ctx, db, s)
	queue := make(chan task, len(tasks))
	for _, next := range tasks {
		queue <- next
	}
	close(queue)
	var wg sync.WaitGroup
	for range o.Writers {
		wg.Go(func() {
			for next := range queue {
				next.write(ctx, db, s)
				fmt.Println(next.Number) // one write to the pipe: what was told was committed
			}
		})
	}
	wg.Wait()
	return nil
}

func (t task) write(ctx context.Context, db database, s *store.Store) {
	for {
		err := db.try(ctx, func(tx *sql.Tx) error {
			if t.Deal != nil {
				d, err := outcome.DecodeDeal(t.Deal)
				if err != nil {
					return err
				}
				_, err = s.SaveDeal(ctx, tx, d, process.Ref{})
				return err
			}
			c, err := outcome.DecodeCall(t.Call)
			if err != nil {
				return err
			}
			r, err := s.Record(ctx, tx, c)
			if err == nil && r.Parked != "" {
				panic(r.Parked)
			}
			return err
		})
		if err == nil {
			return
		}
		if !store.Retryable(err) {
			time.Sleep(20 * time.Millisecond) // the server is down, or coming up
		}
	}
}

// wakeUp hands out what is due, in the way of the writers.
func wakeUp(ctx context.Context, db database, s *store.Store) {
	for now := monday; ctx.Err() == nil; now = now.Add(10 * day) {
		_ = db.try(ctx, func(tx *sql.Tx) error { // what fails now is done the next time
			_, err := s.Due(ctx, tx, now, 20)
			return err
		})
		time.Sleep(20 * time.Millisecond)
	}
}
