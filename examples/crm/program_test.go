//go:build unix

package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// asProgram makes the test binary be the program itself.
const asProgram = "CRM_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
		return
	}
	code := m.Run()
	stopCluster()
	os.Exit(code)
}

// program is a running crm, in a process of its own.
type program struct {
	*exec.Cmd
	url string
	log *bufio.Reader // what it says on the standard error
}

func start(t *testing.T, args ...string) *program {
	t.Helper()
	p := &program{Cmd: exec.Command(os.Args[0], append([]string{"-addr", "127.0.0.1:0"}, args...)...)}
	p.Env = append(os.Environ(), asProgram+"=1")
	out, err := p.StdoutPipe()
	require.NoError(t, err)
	log, err := p.StderrPipe()
	require.NoError(t, err)
	p.log = bufio.NewReader(log)
	require.NoError(t, p.Start())
	t.Cleanup(func() { _ = p.Process.Kill(); _ = p.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		rest, _ := io.ReadAll(p.log)
		t.Fatalf("it does not start: %s", rest)
	}
	p.url = regexp.MustCompile(`http://[^/\s]+`).FindString(line)
	require.NotEmpty(t, p.url, line)
	return p
}

// until reads the log up to a line that says something.
func (p *program) until(t *testing.T, what string) {
	t.Helper()
	for {
		line, err := p.log.ReadString('\n')
		require.NoError(t, err, "the log ends without %q", what)
		if strings.Contains(line, what) {
			return
		}
	}
}

func (p *program) get(t *testing.T, path string) string {
	t.Helper()
	status, _, body := request(t, "GET", p.url+path, "", nil)
	require.Equal(t, 200, status, body)
	return body
}

// end ends the program as an operator does, and says that it went well.
func (p *program) end(t *testing.T) {
	t.Helper()
	require.NoError(t, p.Process.Signal(syscall.SIGTERM))
	require.NoError(t, p.Wait())
}

// drain lets the rest of the log go, so that nobody waits for it to be read.
func (p *program) drain() {
	go func() { _, _ = io.Copy(io.Discard, p.log) }()
}

const (
	sown  = "2026-11-02T12:00:00Z"
	later = "2026-12-20T12:00:00Z" // by then time has changed most of the deals
)

// A worker that is killed in the middle, again and again, and started anew
// leaves what one leaves that was not disturbed: the same board, the same
// tables, and each notice once.
func TestKilledWorker(t *testing.T) {
	dir := t.TempDir()
	calm, rough := filepath.Join(dir, "calm.db"), filepath.Join(dir, "rough.db")
	plant(t, calm, 400)
	content, err := os.ReadFile(calm)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(rough, content, 0o666))

	p := start(t, "-db", calm, "-as-of", later)
	p.drain()
	require.Eventually(t, func() bool { return due(t, calm) == 0 }, time.Minute, 50*time.Millisecond)
	board, today, page := p.get(t, "/api/board"), p.get(t, "/api/today"), p.get(t, "/")
	p.end(t)
	want := notices(t, calm)
	require.Greater(t, want, 400)

	kills := 0
	for ; kills < 100 && due(t, rough) > 0; kills++ {
		p := start(t, "-db", rough, "-as-of", later)
		p.until(t, "woke")
		require.NoError(t, p.Process.Kill())
		_ = p.Wait() // it was killed
		if kills == 0 {
			require.Less(t, notices(t, rough), want, "it was killed in the middle")
		}
	}
	assert.Greater(t, kills, 1)
	p = start(t, "-db", rough, "-as-of", later)
	p.drain()
	assert.Equal(t, board, p.get(t, "/api/board"))
	assert.Equal(t, page, p.get(t, "/"))
	assert.Equal(t, today, p.get(t, "/api/today"))
	p.end(t)
	assert.Equal(t, want, notices(t, rough))
}

// A program that is asked to end lets the request that is under way finish.
func TestGracefulShutdown(t *testing.T) {
	p := start(t, "-db", filepath.Join(t.TempDir(), "crm.db"), "-as-of", sown)
	body, out := io.Pipe()
	answered := make(chan int, 1)
	go func() {
		r, err := http.NewRequest(http.MethodPut, p.url+"/api/deals/D-9", body)
		if err == nil {
			r.Header.Set("Content-Type", "application/json")
			if answer, err := http.DefaultClient.Do(r); err == nil {
				_ = answer.Body.Close()
				answered <- answer.StatusCode
			}
		}
		close(answered)
	}()
	_, err := io.WriteString(out, `{"deal": `)
	require.NoError(t, err)
	time.Sleep(200 * time.Millisecond) // so that the request has begun
	require.NoError(t, p.Process.Signal(syscall.SIGTERM))
	p.until(t, "shutting down")
	_, err = io.WriteString(out, `"D-9"}`)
	require.NoError(t, err)
	require.NoError(t, out.Close())
	assert.Equal(t, 200, <-answered)
	p.drain()
	assert.NoError(t, p.Wait())
}

// What can not be done is refused with what to do instead.
func TestCommandLine(t *testing.T) {
	db := filepath.Join(t.TempDir(), "crm.db")
	for _, tt := range []struct {
		args []string
		says string
	}{
		{[]string{"-addr", "0.0.0.0:0"}, "nobody has to sign in here"},
		{[]string{"-addr", "[::]:0"}, "nobody has to sign in here"},
		{[]string{"-addr", "nowhere"}, "missing port"},
		{[]string{"-as-of", "yesterday"}, "write an instant"},
		{[]string{"-process", "complex-b2c"}, "complex-b2c"},
		{[]string{"-wake", "0s"}, "longer than nothing"},
		{[]string{"serve"}, "said with flags"},
		{[]string{"-nope"}, "not defined"},
		{[]string{"-db", filepath.Join(db, "no", "folder"), "-addr", "127.0.0.1:0"}, "opening the database"},
	} {
		err := run(context.Background(), append([]string{"-db", db}, tt.args...), io.Discard, io.Discard)
		assert.ErrorContains(t, err, tt.says, "%v", tt.args)
	}
	assert.NoFileExists(t, db)

	p := start(t, "-db", db, "-empty", "-addr", "0.0.0.0:0", "-public")
	p.drain()
	assert.Contains(t, p.get(t, "/"), "0 open deals", "it was asked for, and so was no deal to look at")
	p.end(t)
}
