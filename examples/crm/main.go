// Crm is a small CRM that is meant to be read and copied from. It keeps deals
// and calls with the module store, in SQLite or PostgreSQL, shows each deal
// where the commitments of its buyer put it, and beside that the stage that its
// seller claims.
//
// Read desk.go first: it is all that stands between the pages and the store.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"os/signal"
	"slices"
	"syscall"
	"time"

	"github.com/advance-sales/advance/process"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "crm:", err)
		}
		os.Exit(2)
	}
}

// settings are what the command line can say.
type settings struct {
	addr    string
	public  bool
	db      string
	process string
	empty   bool
	asOf    string
	wake    time.Duration
}

func parse(args []string, help io.Writer) (settings, error) {
	var s settings
	f := flag.NewFlagSet("crm", flag.ContinueOnError)
	f.SetOutput(help)
	f.StringVar(&s.addr, "addr", "127.0.0.1:8080", "the `address` to listen on; port 0 takes a free one")
	f.BoolVar(&s.public, "public", false, "allow an address that other machines can reach: there is no sign-in")
	f.StringVar(&s.db, "db", "crm.db", "the `database`: a file for SQLite, or postgres://…")
	f.StringVar(&s.process, "process", "complex-b2b", "the sales `process`: a YAML file, or the name of a built-in one")
	f.BoolVar(&s.empty, "empty", false, "begin a new database without the deals to look at")
	f.StringVar(&s.asOf, "as-of", "", "stop the clock at an `instant`, such as 2026-11-02T09:00:00Z")
	f.DurationVar(&s.wake, "wake", 30*time.Second, "how often to look for deals that time has changed")
	if err := f.Parse(args); err != nil {
		return s, err
	}
	if f.NArg() > 0 {
		return s, fmt.Errorf("%q is not expected here: everything is said with flags", f.Arg(0))
	}
	if s.wake <= 0 {
		return s, fmt.Errorf("-wake %v: it has to be longer than nothing", s.wake)
	}
	return s, nil
}

// clock is the one place that reads the time of day. Everything else is given it.
func (s settings) clock() (func() time.Time, error) {
	if s.asOf == "" {
		return time.Now, nil
	}
	at, err := time.Parse(time.RFC3339, s.asOf)
	if err != nil {
		return nil, fmt.Errorf("-as-of %q: write an instant such as 2026-11-02T09:00:00Z", s.asOf)
	}
	return func() time.Time { return at }, nil
}

// run is the whole program: it ends when the context does, and leaves nothing
// running.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) (err error) {
	s, err := parse(args, stderr)
	if err != nil {
		return err
	}
	now, err := s.clock()
	if err != nil {
		return err
	}
	p, err := load(s.process)
	if err != nil {
		return err
	}
	listener, err := listen(ctx, s)
	if err != nil {
		return err
	}
	defer func() { _ = listener.Close() }() // the server has closed it already, once there is one

	log := slog.New(slog.NewTextHandler(stderr, nil))
	d, err := open(ctx, s.db, p, now)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, d.close()) }()
	if err := d.prepare(ctx, !s.empty); err != nil {
		return err
	}
	web, err := newServer(d, log, s.public)
	if err != nil {
		return err
	}

	ctx, stop := context.WithCancel(ctx)
	defer stop()
	worker := make(chan struct{})
	go func() {
		defer close(worker)
		wakeEvery(ctx, d, s.wake, log)
	}()
	fmt.Fprintf(stdout, "%s, judged by %s. Open http://%s/\n", s.db, p.Name(), listener.Addr())
	err = serve(ctx, web, listener, log)
	stop()
	<-worker
	return err
}

func load(name string) (*process.Process, error) {
	if slices.Contains(process.BuiltinNames(), name) {
		return process.Builtin(name)
	}
	return process.Load(name)
}

// listen refuses what other machines could reach, unless it was asked for.
func listen(ctx context.Context, s settings) (net.Listener, error) {
	l, err := new(net.ListenConfig).Listen(ctx, "tcp", s.addr)
	if err != nil {
		return nil, err
	}
	if at, ok := l.Addr().(*net.TCPAddr); !s.public && (!ok || !at.IP.IsLoopback()) {
		_ = l.Close()
		return nil, fmt.Errorf("-addr %s can be reached from other machines, and nobody has to sign in here; "+
			"listen on 127.0.0.1, or say -public if something in front of it lets only the right people in", s.addr)
	}
	return l, nil
}
