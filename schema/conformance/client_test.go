package conformance_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/textproto"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// serverVersion is the version of yaml-language-server that is tested with.
const serverVersion = "1.25.0"

// installServer returns the program of the language server. It is installed
// from npm once, and kept in the user's cache.
func installServer(t *testing.T) string {
	t.Helper()
	for _, tool := range []string{"node", "npm"} {
		if _, err := exec.LookPath(tool); err != nil {
			if os.Getenv("CI") != "" {
				t.Fatalf("%s is not installed: apt-get install nodejs npm", tool)
			}
			t.Skipf("%s is not installed, and the language server needs it", tool)
		}
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = t.TempDir()
	}
	home := filepath.Join(cache, "advance-tests", "yaml-language-server-"+serverVersion)
	program := filepath.Join(home, "node_modules", "yaml-language-server", "bin", "yaml-language-server")
	if _, err := os.Stat(program); err == nil {
		return program
	}
	// Beside its place first, so that nobody finds it half installed.
	require.NoError(t, os.MkdirAll(filepath.Dir(home), 0o777))
	fresh, err := os.MkdirTemp(filepath.Dir(home), "installing-")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(fresh) })
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
	defer cancel()
	npm := exec.CommandContext(ctx, "npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", "yaml-language-server@"+serverVersion)
	npm.Dir = fresh
	out, err := npm.CombinedOutput()
	if err != nil && os.Getenv("CI") == "" {
		t.Skipf("the language server can not be installed: %v\n%s", err, out)
	}
	require.NoError(t, err, "%s", out)
	if err := os.Rename(fresh, home); err != nil {
		require.FileExists(t, program, "another test installed it meanwhile")
	}
	return program
}

// editor talks to a language server as an editor does.
type editor struct {
	t      *testing.T
	folder string
	in     io.Writer
	id     int
	inbox  chan message
}

// message is a request, an answer or a notification, in either direction.
type message struct {
	JSONRPC string          `json:"jsonrpc"`
	ID      json.RawMessage `json:"id,omitempty"`
	Method  string          `json:"method,omitempty"`
	Params  json.RawMessage `json:"params,omitempty"`
	Result  json.RawMessage `json:"result,omitempty"`
	Error   json.RawMessage `json:"error,omitempty"`
}

// position counts lines and characters from 0.
type position struct {
	Line      int `json:"line"`
	Character int `json:"character"`
}

// mark is something that is underlined.
type mark struct {
	Range struct {
		Start position `json:"start"`
		End   position `json:"end"`
	} `json:"range"`
	Message string `json:"message"`
}

// openEditor starts the server in a folder.
func openEditor(t *testing.T, folder string) *editor {
	t.Helper()
	program := installServer(t)
	server := exec.Command("node", program, "--stdio")
	server.Dir = folder
	in, err := server.StdinPipe()
	require.NoError(t, err)
	out, err := server.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, server.Start())
	t.Cleanup(func() {
		_ = in.Close()
		_ = server.Process.Kill()
		_ = server.Wait() // it was killed
	})
	e := &editor{t: t, folder: folder, in: in, inbox: make(chan message, 1000)}
	go receive(out, e.inbox)
	e.ask("initialize", fmt.Sprintf(`{"processId": null, "rootUri": %q, "capabilities": {
		"workspace": {"configuration": true},
		"textDocument": {"publishDiagnostics": {}, "completion": {"completionItem": {"snippetSupport": false}}, "hover": {"contentFormat": ["plaintext"]}}}}`,
		"file://"+folder), nil)
	e.tell("initialized", `{}`)
	e.tell("workspace/didChangeConfiguration", `{"settings": `+settings+`}`)
	return e
}

// settings keep the server to the schema that a document names.
const settings = `{"yaml": {"validate": true, "hover": true, "completion": true, "schemaStore": {"enable": false}}}`

func receive(r io.Reader, inbox chan<- message) {
	defer close(inbox)
	in := bufio.NewReader(r)
	for {
		header, err := textproto.NewReader(in).ReadMIMEHeader()
		if err != nil {
			return
		}
		length, err := strconv.Atoi(header.Get("Content-Length"))
		if err != nil {
			return
		}
		body := make([]byte, length)
		if _, err := io.ReadFull(in, body); err != nil {
			return
		}
		var m message
		if json.Unmarshal(body, &m) != nil {
			return
		}
		inbox <- m
	}
}

func (e *editor) send(m message) {
	e.t.Helper()
	m.JSONRPC = "2.0"
	body, err := json.Marshal(m)
	require.NoError(e.t, err)
	_, err = fmt.Fprintf(e.in, "Content-Length: %d\r\n\r\n%s", len(body), body)
	require.NoError(e.t, err)
}

// tell sends a notification.
func (e *editor) tell(method, params string) {
	e.t.Helper()
	e.send(message{Method: method, Params: json.RawMessage(params)})
}

// ask sends a request and waits for the answer.
func (e *editor) ask(method, params string, answer any) {
	e.t.Helper()
	e.id++
	id := strconv.Itoa(e.id)
	e.send(message{ID: json.RawMessage(id), Method: method, Params: json.RawMessage(params)})
	m := e.wait(method, func(m message) bool { return m.Method == "" && string(m.ID) == id })
	require.Empty(e.t, string(m.Error), method)
	if answer != nil {
		require.NoError(e.t, json.Unmarshal(m.Result, answer))
	}
}

// wait answers what the server asks for until something comes.
func (e *editor) wait(what string, is func(message) bool) message {
	e.t.Helper()
	deadline := time.After(time.Minute)
	for {
		select {
		case m, ok := <-e.inbox:
			if !ok {
				e.t.Fatalf("the server ended while it was asked for %s", what)
			}
			if is(m) {
				return m
			}
			if m.Method != "" && m.ID != nil {
				e.answer(m)
			}
		case <-deadline:
			e.t.Fatalf("no %s within a minute", what)
		}
	}
}

// answer answers a request of the server: what is configured, or nothing.
func (e *editor) answer(m message) {
	result := json.RawMessage("null")
	if m.Method == "workspace/configuration" {
		var params struct {
			Items []struct{ Section string }
		}
		require.NoError(e.t, json.Unmarshal(m.Params, &params))
		var all map[string]json.RawMessage
		require.NoError(e.t, json.Unmarshal([]byte(settings), &all))
		answers := make([]json.RawMessage, len(params.Items))
		for i, item := range params.Items {
			answers[i] = json.RawMessage("{}")
			if s, ok := all[item.Section]; ok {
				answers[i] = s
			}
		}
		var err error
		result, err = json.Marshal(answers)
		require.NoError(e.t, err)
	}
	e.send(message{ID: m.ID, Result: result})
}

// open opens a document and returns what the server underlines in it.
func (e *editor) open(name, text string) []mark {
	e.t.Helper()
	quoted, err := json.Marshal(text)
	require.NoError(e.t, err)
	e.tell("textDocument/didOpen", fmt.Sprintf(`{"textDocument": {"uri": %q, "languageId": "yaml", "version": 1, "text": %s}}`, e.uri(name), quoted))
	var params struct {
		URI         string `json:"uri"`
		Diagnostics []mark `json:"diagnostics"`
	}
	e.wait("diagnostics of "+name, func(m message) bool {
		if m.Method != "textDocument/publishDiagnostics" {
			return false
		}
		require.NoError(e.t, json.Unmarshal(m.Params, &params))
		return params.URI == e.uri(name)
	})
	return params.Diagnostics
}

func (e *editor) uri(name string) string { return "file://" + filepath.Join(e.folder, name) }

// at is the place of a position in a document, for a request.
func (e *editor) at(name string, p position) string {
	return fmt.Sprintf(`{"textDocument": {"uri": %q}, "position": {"line": %d, "character": %d}}`, e.uri(name), p.Line, p.Character)
}

// complete returns what the server offers at a position.
func (e *editor) complete(name string, p position) []string {
	e.t.Helper()
	var answer struct {
		Items []struct {
			Label         string          `json:"label"`
			Documentation json.RawMessage `json:"documentation"`
		} `json:"items"`
	}
	e.ask("textDocument/completion", e.at(name, p), &answer)
	var labels []string
	for _, item := range answer.Items {
		labels = append(labels, item.Label)
	}
	return labels
}

// hover returns what the server shows at a position.
func (e *editor) hover(name string, p position) string {
	e.t.Helper()
	var answer struct {
		Contents json.RawMessage `json:"contents"`
	}
	e.ask("textDocument/hover", e.at(name, p), &answer)
	var text struct{ Value string }
	if json.Unmarshal(answer.Contents, &text) != nil {
		require.NoError(e.t, json.Unmarshal(answer.Contents, &text.Value))
	}
	return text.Value
}
