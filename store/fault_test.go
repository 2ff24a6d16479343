package store_test

import (
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/internal/oracle"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/store"
)

// TestFault is the guarantees together, under fault: 64 writers in two processes
// on 1,000 deals, the records in any order, wake-ups in between, and kill -9 of
// the writers and of PostgreSQL again and again. Then every record that was
// acknowledged is there once, nothing is left to reconcile, the digest over all
// verdicts is that of the fold in memory, and a follower has seen every change.
//
// ADVANCE_STORE_LONG=1 makes it long.
func TestFault(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "test.db")
		underFault(t, openSQLite(t, file), orders{Driver: "sqlite", DSN: sqliteDSN(file), Conns: 2}, nil)
	})
	t.Run("PostgreSQL", func(t *testing.T) {
		sharedCluster(t) // skips where there is none
		c, err := newCluster()
		require.NoError(t, err)
		t.Cleanup(c.remove)
		underFault(t, openSchema(t, c), orders{Driver: "pgx", DSN: c.dsn(), Conns: 32}, c)
	})
}

func underFault(t *testing.T, db database, o orders, server *cluster) {
	deals, calls, kills := 1000, 3, 4
	switch {
	case long:
		calls, kills = 60, 60
	case testing.Short():
		deals, kills = 100, 2
	}
	g, document := crowd(t, deals, calls)
	s := db.store(t, g.ev)
	o.Options, o.Process, o.Writers = db.options, document, 32
	tasks := g.tasks(t)
	started := time.Now()
	follower := follow(t, db, s)
	n := campaign{t: t, orders: o, server: server, tasks: tasks, acknowledged: make([]bool, len(tasks)), every: len(tasks)/(kills+1) + 1}
	n.run()
	took := time.Since(started)

	// Each once: what was acknowledged was not sent again.
	want := map[string]int{}
	for _, c := range g.calls {
		content := c
		content.ID = ""
		want[fmt.Sprint(c.Deal, " ", c.ID, " ", c.Revision, " ", content.Identify().ID)] = 1
	}
	got := map[string]int{}
	rows, err := db.Query("SELECT deal, call, revision, content FROM " + db.table("calls"))
	require.NoError(t, err)
	for rows.Next() {
		var deal, call, content string
		var revision int
		require.NoError(t, rows.Scan(&deal, &call, &revision, &content))
		got[fmt.Sprint(deal, " ", call, " ", revision, " ", content)]++
	}
	require.NoError(t, rows.Err())
	require.NoError(t, rows.Close())
	assert.Equal(t, want, got)

	differences := db.reconcile(t, s)
	assert.Empty(t, differences)
	digest, _ := g.folded(t)
	stored := db.digest(t, s)
	assert.Equal(t, digest, stored)
	seen := follower()
	var changes int
	require.NoError(t, db.QueryRow("SELECT COUNT(*) FROM "+db.table("changes")).Scan(&changes))
	assert.Len(t, seen, changes)
	t.Logf("%d records (%d different call records) of %d deals by 64 writers in %.1f s; writers killed %d times, the server %d times; %d differences; %d changes, all followed; digest %s",
		len(tasks), len(want), deals, took.Seconds(), n.killed, n.crashed, len(differences), changes, stored)
}

// crowd is a generated process with so many deals: a few dozen histories, each
// under many names.
func crowd(t *testing.T, deals, calls int) (g generated, document []byte) {
	for seed := uint64(1); len(g.deals) < 30; seed++ {
		g = generate(t, seed, oracle.Options{Deals: 80, Calls: calls})
		p, _, _ := oracle.Generate(rand.New(rand.NewPCG(seed, 1)), oracle.Options{Deals: 80, Calls: calls})
		document = asJSON(t, p)
	}
	byDeal := map[outcome.DealID][]outcome.Call{}
	for _, c := range g.calls {
		byDeal[c.Deal] = append(byDeal[c.Deal], c)
	}
	out := generated{ev: g.ev}
	for i := range deals {
		d := g.deals[i%len(g.deals)]
		history := byDeal[d.Deal]
		d.Deal = outcome.DealID(fmt.Sprintf("%s/%d", d.Deal, i))
		out.deals = append(out.deals, d)
		for _, c := range history {
			c.Deal = d.Deal
			out.calls = append(out.calls, c)
		}
	}
	return out, document
}

// tasks are all records in a random order.
func (g generated) tasks(t *testing.T) (out []task) {
	for _, d := range g.deals {
		out = append(out, task{Deal: asJSON(t, d)})
	}
	for _, c := range g.calls {
		out = append(out, task{Call: asJSON(t, c)})
	}
	rand.New(rand.NewPCG(1, 1)).Shuffle(len(out), func(i, j int) { out[i], out[j] = out[j], out[i] })
	for i := range out {
		out[i].Number = i
	}
	return out
}

// campaign lets writers write until everything is acknowledged, and kills them
// and the server as it goes.
type campaign struct {
	t       *testing.T
	orders  orders
	server  *cluster // nil: there is none to kill
	tasks   []task
	every   int // acknowledgements between kills
	killed  int
	crashed int

	mu           sync.Mutex
	acknowledged []bool
	count        int
}

func (n *campaign) run() {
	for n.count < len(n.tasks) {
		var left [2][]task
		for i, task := range n.tasks {
			if !n.acknowledged[i] {
				left[i%2] = append(left[i%2], task)
			}
		}
		writers := [2]*exec.Cmd{n.start(left[0]), n.start(left[1])}
		ended := make(chan struct{})
		go func() {
			for _, w := range writers {
				_ = w.Wait() // it is killed more often than not
			}
			close(ended)
		}()
		for !n.fault(writers, ended) {
		}
		<-ended
	}
}

// fault waits for the next round number of acknowledgements and kills something.
// It reports whether the writers have to be started again.
func (n *campaign) fault(writers [2]*exec.Cmd, ended <-chan struct{}) bool {
	n.mu.Lock()
	target := n.count + n.every
	n.mu.Unlock()
	for {
		select {
		case <-ended:
			return true
		case <-time.After(time.Millisecond):
		}
		n.mu.Lock()
		count := n.count
		n.mu.Unlock()
		if count >= target {
			break
		}
	}
	if n.server != nil && n.crashed <= n.killed {
		n.server.kill()
		n.crashed++
		require.NoError(n.t, n.server.start())
		return false // the writers have to get over it
	}
	for _, w := range writers {
		_ = w.Process.Kill()
	}
	n.killed++
	return true
}

// start starts a writer, and counts what it acknowledges.
func (n *campaign) start(tasks []task) *exec.Cmd {
	self, err := os.Executable()
	require.NoError(n.t, err)
	w := exec.Command(self)
	w.Env = append(os.Environ(), writerEnv+"=1")
	w.Stderr = os.Stderr
	var input strings.Builder
	input.Write(asJSON(n.t, n.orders))
	for _, task := range tasks {
		input.WriteString("\n")
		input.Write(asJSON(n.t, task))
	}
	w.Stdin = strings.NewReader(input.String())
	w.Stdout = &acknowledgements{n: n}
	require.NoError(n.t, w.Start())
	n.t.Cleanup(func() { _ = w.Process.Kill() })
	return w
}

// acknowledgements takes what a writer prints: whole lines.
type acknowledgements struct {
	n    *campaign
	rest string
}

func (a *acknowledgements) Write(text []byte) (int, error) {
	a.rest += string(text)
	for {
		line, rest, found := strings.Cut(a.rest, "\n")
		if !found {
			return len(text), nil
		}
		a.rest = rest
		number, err := strconv.Atoi(line)
		if err != nil {
			return 0, fmt.Errorf("a writer said %q: %w", line, err)
		}
		a.n.mu.Lock()
		if !a.n.acknowledged[number] {
			a.n.acknowledged[number] = true
			a.n.count++
		}
		a.n.mu.Unlock()
	}
}

// follow follows all changes, whatever happens to the server, and returns them
// when it has come to the end.
func follow(t *testing.T, db database, s *store.Store) (finish func() []store.Change) {
	done, ended := make(chan struct{}), make(chan struct{})
	var seen []store.Change
	go func() {
		defer close(ended)
		for cursor, last := store.Position(0), false; ; {
			var page []store.Change
			err := db.try(t.Context(), func(tx *sql.Tx) (err error) {
				page, err = s.Changes(t.Context(), tx, cursor, 500)
				return err
			})
			if err == nil {
				for _, c := range page {
					seen, cursor = append(seen, c), c.Position
				}
				if last && len(page) == 0 {
					return
				}
			}
			select {
			case <-t.Context().Done():
				return
			case <-done:
				last = true
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return func() []store.Change {
		close(done)
		<-ended
		return seen
	}
}
