//go:build unix

package main

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The same program on PostgreSQL: what the pages show is what they show on
// SQLite, and the worker tells the same.
func TestPostgreSQL(t *testing.T) {
	server := throwaway(t)
	d := testDesk(t, server.database(t, "crm"), noon)
	want := testDesk(t, filepath.Join(t.TempDir(), "crm.db"), noon)
	assert.Equal(t, boardText(t, want), boardText(t, d))

	here, there := site(t, d), site(t, want)
	for _, path := range []string{"/", "/today", "/team", "/deals/D-1014", "/deals/D-1014/plan", "/api/rates"} {
		_, _, a := request(t, "GET", here+path, "", nil)
		_, _, b := request(t, "GET", there+path, "", nil)
		assert.Equal(t, b, a, path)
	}
	form := url.Values{
		"kind": {"cold_call"}, "at": {"2026-11-02T11:30"}, "contact": {"reached"}, "asked": {"first_meeting"}, "0.commitment": {"first_meeting"},
		"0.status": {"given"}, "0.due": {"2026-11-05"}, "0.person": {"Elin Sand"}, "0.evidence": {"email"},
	}
	status, head, body := request(t, "POST", here+"/deals/D-1002/record", form.Encode(), map[string]string{"Content-Type": "application/x-www-form-urlencoded"})
	require.Equal(t, 303, status, body)
	_, _, page := request(t, "GET", here+head.Get("Location"), "", nil)
	assert.Contains(t, page, "the deal moved to Discovery")
	testWorkerTells(t, d)
}

// The program itself starts on it, is killed, and starts again.
func TestPostgreSQLProgram(t *testing.T) {
	db := throwaway(t).database(t, "program")
	p := start(t, "-db", db, "-as-of", sown)
	p.drain()
	board := p.get(t, "/api/board")
	require.NoError(t, p.Process.Kill())
	_ = p.Wait() // it was killed
	p = start(t, "-db", db, "-as-of", sown)
	p.drain()
	assert.Equal(t, board, p.get(t, "/api/board"))
	p.end(t)
}

// cluster is a PostgreSQL server of the tests' own, that listens on a socket in
// its folder and nowhere else.
type cluster struct {
	bin, dir string
	as       *syscall.Credential // whom the server runs as; nil: as ourselves
	server   *exec.Cmd
}

var (
	only    *cluster
	errOnly error
	begin   sync.Once
)

var errNoServer = errors.New("PostgreSQL is not installed: no initdb is found")

// throwaway is the server of these tests. It is stopped by TestMain.
func throwaway(t *testing.T) *cluster {
	t.Helper()
	begin.Do(func() { only, errOnly = newCluster() })
	if errors.Is(errOnly, errNoServer) {
		unavailable(t, errOnly.Error())
	}
	require.NoError(t, errOnly)
	return only
}

func stopCluster() {
	if only == nil {
		return
	}
	_ = only.server.Process.Signal(syscall.SIGINT) // end at once, in order
	_ = only.server.Wait()
	_ = os.RemoveAll(only.dir)
}

func newCluster() (*cluster, error) {
	c := &cluster{}
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		c.bin = strings.TrimSpace(string(out))
	}
	if _, err := os.Stat(filepath.Join(c.bin, "initdb")); err != nil {
		found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
		if err != nil || len(found) == 0 {
			return nil, errNoServer
		}
		c.bin = filepath.Dir(found[len(found)-1])
	}
	var err error
	if c.dir, err = os.MkdirTemp("", "crmpg"); err != nil {
		return nil, err
	}
	if os.Getuid() == 0 { // the server refuses to run as root
		if c.as, err = somebodyElse(); err != nil {
			return nil, err
		}
		if err := os.Chown(c.dir, int(c.as.Uid), int(c.as.Gid)); err != nil {
			return nil, err
		}
	}
	data := filepath.Join(c.dir, "data")
	if out, err := c.command("initdb", "-D", data, "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync").CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	c.server = c.command("postgres", "-D", data, "-k", c.dir, "-c", "listen_addresses=")
	if err := c.server.Start(); err != nil {
		return nil, err
	}
	return c, c.answers()
}

func somebodyElse() (*syscall.Credential, error) {
	u, err := user.Lookup("postgres")
	if err != nil {
		if u, err = user.Lookup("nobody"); err != nil {
			return nil, err
		}
	}
	uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, errors.Join(err1, err2)
}

func (c *cluster) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(c.bin, name), args...)
	cmd.Dir = c.dir
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: c.as}
	return cmd
}

func (c *cluster) dsn(database string) string {
	return "postgres:///" + database + "?user=tests&host=" + url.QueryEscape(c.dir)
}

// answers waits until the server answers.
func (c *cluster) answers() error {
	db, err := sql.Open("pgx", c.dsn("postgres"))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	for range 600 {
		if err = db.Ping(); err == nil {
			return nil
		}
		time.Sleep(50 * time.Millisecond)
	}
	return fmt.Errorf("the server does not answer: %w", err)
}

// database makes a database in it, and returns its name for -db.
func (c *cluster) database(t *testing.T, name string) string {
	t.Helper()
	db, err := sql.Open("pgx", c.dsn("postgres"))
	require.NoError(t, err)
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(t.Context(), "CREATE DATABASE "+name)
	require.NoError(t, err)
	return c.dsn(name)
}
