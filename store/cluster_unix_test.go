//go:build unix

package store_test

import (
	"database/sql"
	"errors"
	"fmt"
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

	"github.com/stretchr/testify/require"
)

// cluster is a PostgreSQL server of the tests' own, in a folder of its own, that
// listens on a socket in that folder and nowhere else.
type cluster struct {
	bin, dir string
	as       *syscall.Credential // whom the server runs as; nil: as ourselves
	server   *exec.Cmd
}

var (
	sharedOnce sync.Once
	shared     *cluster
	errShared  error
)

var errNoServer = errors.New("PostgreSQL is not installed: no initdb is found")

// sharedCluster is the server of all tests that do not kill theirs. It is
// stopped by TestMain.
func sharedCluster(t testing.TB) *cluster {
	t.Helper()
	sharedOnce.Do(func() { shared, errShared = newCluster() })
	if errors.Is(errShared, errNoServer) {
		unavailable(t, errShared.Error())
	}
	require.NoError(t, errShared)
	return shared
}

func stopSharedCluster() {
	if shared != nil {
		shared.remove()
	}
}

// newCluster makes a server and starts it.
func newCluster() (*cluster, error) {
	bin, err := findBin()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "advpg")
	if err != nil {
		return nil, err
	}
	c := &cluster{bin: bin, dir: dir}
	if os.Getuid() == 0 { // the server refuses to run as root
		if c.as, err = somebodyElse(); err != nil {
			return nil, err
		}
		if err := os.Chown(dir, int(c.as.Uid), int(c.as.Gid)); err != nil {
			return nil, err
		}
	}
	initdb := c.command("initdb", "-D", c.data(), "-U", "tests", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return c, c.start()
}

func findBin() (string, error) {
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		if bin := strings.TrimSpace(string(out)); exists(filepath.Join(bin, "initdb")) {
			return bin, nil
		}
	}
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/initdb")
	if err == nil && len(found) > 0 {
		return filepath.Dir(found[len(found)-1]), nil
	}
	if path, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(path), nil
	}
	return "", errNoServer
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// somebodyElse is a user who is not root.
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

func (c *cluster) data() string { return filepath.Join(c.dir, "data") }

func (c *cluster) dsn() string {
	return fmt.Sprintf("host=%s user=tests dbname=postgres connect_timeout=5", c.dir)
}

// start starts the server and waits until it answers. After a kill the last of
// its old processes may still be going; then it is tried again.
func (c *cluster) start() error {
	deadline := time.Now().Add(60 * time.Second)
	for {
		log, err := os.OpenFile(filepath.Join(c.dir, "log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			return err
		}
		c.server = c.command("postgres", "-D", c.data(), "-k", c.dir, "-c", "listen_addresses=", "-c", "max_connections=200")
		c.server.Stdout, c.server.Stderr = log, log
		err = c.server.Start()
		_ = log.Close()
		if err != nil {
			return err
		}
		ended := make(chan struct{})
		go func(server *exec.Cmd) { _ = server.Wait(); close(ended) }(c.server)
		if c.answers(ended, deadline) {
			return nil
		}
		if time.Now().After(deadline) {
			out, _ := os.ReadFile(filepath.Join(c.dir, "log"))
			return fmt.Errorf("the server does not start:\n%s", out)
		}
		_ = c.server.Process.Kill()
		<-ended
		time.Sleep(100 * time.Millisecond)
	}
}

// answers waits until the server answers. It gives up when the server ends.
func (c *cluster) answers(ended <-chan struct{}, deadline time.Time) bool {
	db, err := sql.Open("pgx", c.dsn())
	if err != nil {
		return false
	}
	defer func() { _ = db.Close() }()
	for time.Now().Before(deadline) {
		if db.Ping() == nil {
			return true
		}
		select {
		case <-ended:
			return false
		case <-time.After(20 * time.Millisecond):
		}
	}
	return false
}

// kill is kill -9 of the server, and of those of its processes that can be
// found; the others end when they miss it.
func (c *cluster) kill() {
	children := childrenOf(c.server.Process.Pid)
	_ = c.server.Process.Kill()
	for _, pid := range children {
		_ = syscall.Kill(pid, syscall.SIGKILL)
	}
}

// childrenOf finds processes by their parent, where the system has /proc.
func childrenOf(parent int) (out []int) {
	stats, _ := filepath.Glob("/proc/[0-9]*/stat")
	for _, file := range stats {
		text, err := os.ReadFile(file)
		if err != nil {
			continue // it has ended
		}
		fields := strings.Fields(string(text[strings.LastIndexByte(string(text), ')')+1:]))
		if len(fields) > 1 && fields[1] == strconv.Itoa(parent) {
			pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
			if err == nil {
				out = append(out, pid)
			}
		}
	}
	return out
}

func (c *cluster) remove() {
	c.kill()
	for range 50 { // files are written up to the last moment
		if os.RemoveAll(c.dir) == nil {
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}
