package chromium

import (
	"bufio"
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// Tab is an open page that a test works with: it clicks and types as a reader
// does, and sees what the page complains about. It speaks the DevTools protocol
// over two pipes, so that nothing listens on the network.
type Tab struct {
	t        testing.TB
	to       *os.File
	messages chan message
	last     int    // the number of the last command
	session  string // of the page
	// Complaints are errors on the console, exceptions that nobody caught, and
	// what the content security policy refused.
	Complaints []string
	// Requests are the addresses that the page asked for, itself the first.
	Requests []string
}

// message is an answer to a command, or an event.
type message struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct {
		Message string `json:"message"`
	} `json:"error"`
}

// Open opens a page and waits until it is loaded. It is closed with the test.
func (b Browser) Open(t testing.TB, page string, v View) *Tab {
	t.Helper()
	if v.Width == 0 {
		v.Width, v.Height = 1280, 800
	}
	read, to, err := os.Pipe()
	must(t, err)
	from, write, err := os.Pipe()
	must(t, err)
	cmd := exec.Command(b.path, append(quiet(t), "--remote-debugging-pipe", "about:blank")...)
	cmd.ExtraFiles = []*os.File{read, write}
	must(t, cmd.Start())
	read.Close()
	write.Close()
	tab := &Tab{t: t, to: to, messages: make(chan message)}
	done := make(chan struct{})
	go tab.listen(from, done)
	t.Cleanup(func() { // in order, so that nobody writes into the profile any more
		close(done)
		_, _ = to.WriteString(`{"id":0,"method":"Browser.close"}` + "\x00")
		late := time.AfterFunc(10*time.Second, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		late.Stop()
		to.Close()
		from.Close()
	})

	var target struct{ TargetID string }
	tab.command("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	tab.command("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	tab.session = attached.SessionID
	for _, domain := range []string{"Page", "Runtime", "Log", "Network"} {
		tab.command(domain+".enable", nil, nil)
	}
	tab.Resize(v.Width, v.Height)
	tab.Media("", v.Dark)
	tab.command("Page.navigate", map[string]any{"url": address(t, page)}, nil)
	tab.Wait(`document.readyState === "complete" && location.href !== "about:blank"`)
	return tab
}

// listen hands on what the browser says: messages that each end with a zero
// byte.
func (tab *Tab) listen(from *os.File, done chan struct{}) {
	defer close(tab.messages)
	in := bufio.NewReader(from)
	for {
		text, err := in.ReadBytes(0)
		if err != nil {
			return
		}
		var m message
		if json.Unmarshal(bytes.TrimSuffix(text, []byte{0}), &m) != nil {
			continue
		}
		select {
		case tab.messages <- m:
		case <-done: // nobody listens any more
		}
	}
}

// command sends a command and waits for its answer, and notes what happens
// meanwhile.
func (tab *Tab) command(method string, parameters map[string]any, result any) {
	tab.t.Helper()
	tab.last++
	command := map[string]any{"id": tab.last, "method": method, "params": parameters}
	if parameters == nil {
		command["params"] = map[string]any{}
	}
	if tab.session != "" {
		command["sessionId"] = tab.session
	}
	text, err := json.Marshal(command)
	must(tab.t, err)
	_, err = tab.to.Write(append(text, 0))
	must(tab.t, err)
	late := time.After(timeout)
	for {
		select {
		case m, ok := <-tab.messages:
			switch {
			case !ok:
				tab.t.Fatalf("%s: the browser has gone", method)
			case m.ID != tab.last:
				tab.note(m)
				continue
			case m.Error != nil:
				tab.t.Fatalf("%s: %s", method, m.Error.Message)
			case result != nil:
				must(tab.t, json.Unmarshal(m.Result, result))
			}
			return
		case <-late:
			tab.t.Fatalf("%s: the browser does not answer", method)
		}
	}
}

// note keeps what a test wants to know of an event.
func (tab *Tab) note(m message) {
	var event struct {
		Type             string
		Request          struct{ URL string }
		Entry            struct{ Level, Text string }
		ExceptionDetails struct {
			Text      string
			Exception struct{ Description string }
		}
		Args []struct{ Value json.RawMessage }
	}
	if json.Unmarshal(m.Params, &event) != nil {
		return
	}
	switch m.Method {
	case "Network.requestWillBeSent":
		tab.Requests = append(tab.Requests, event.Request.URL)
	case "Runtime.exceptionThrown":
		tab.Complaints = append(tab.Complaints, event.ExceptionDetails.Text+" "+event.ExceptionDetails.Exception.Description)
	case "Log.entryAdded":
		if event.Entry.Level == "error" {
			tab.Complaints = append(tab.Complaints, event.Entry.Text)
		}
	case "Runtime.consoleAPICalled":
		if event.Type == "error" || event.Type == "assert" {
			tab.Complaints = append(tab.Complaints, fmt.Sprintf("%s", event.Args))
		}
	}
}

// Eval evaluates an expression in the page, and waits for it where it is a
// promise. Into may be nil.
func (tab *Tab) Eval(expression string, into any) {
	tab.t.Helper()
	var answer struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails *struct {
			Text      string
			Exception struct{ Description string }
		}
	}
	tab.command("Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true, "awaitPromise": true}, &answer)
	if e := answer.ExceptionDetails; e != nil {
		tab.t.Fatalf("evaluating %s: %s %s", expression, e.Text, e.Exception.Description)
	}
	if into != nil {
		if answer.Result.Value == nil {
			tab.t.Fatalf("evaluating %s: there is no value", expression)
		}
		must(tab.t, json.Unmarshal(answer.Result.Value, into))
	}
}

// Wait waits until an expression is true.
func (tab *Tab) Wait(expression string) {
	tab.t.Helper()
	for end := time.Now().Add(timeout); ; time.Sleep(20 * time.Millisecond) {
		var yes bool
		if tab.Eval("Boolean("+expression+")", &yes); yes {
			return
		}
		if time.Now().After(end) {
			tab.t.Fatalf("waiting for %s", expression)
		}
	}
}

// Click clicks with the mouse on the middle of the first element that a
// selector finds, of its first line where it is a text. The test fails where
// something else lies above it.
func (tab *Tab) Click(selector string) {
	tab.t.Helper()
	name, err := json.Marshal(selector)
	must(tab.t, err)
	var place struct {
		X, Y float64
		Hit  string
	}
	tab.Eval(strings.ReplaceAll(`(async () => {
		const e = document.querySelector(SELECTOR);
		if (!e) return {x: 0, y: 0, hit: "there is no such element"};
		e.scrollIntoView({block: "center", behavior: "instant"});
		await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
		const r = e.getClientRects()[0] ?? e.getBoundingClientRect(), x = r.left + r.width / 2, y = r.top + r.height / 2, at = document.elementFromPoint(x, y);
		return {x, y, hit: at && e.contains(at) ? "" : "there lies " + (at?.outerHTML ?? "nothing").slice(0, 200)};
	})()`, "SELECTOR", string(name)), &place)
	if place.Hit != "" {
		tab.t.Fatalf("clicking on %s: %s", selector, place.Hit)
	}
	for _, kind := range []string{"mouseMoved", "mousePressed", "mouseReleased"} {
		tab.command("Input.dispatchMouseEvent", map[string]any{"type": kind, "x": place.X, "y": place.Y, "button": "left", "clickCount": 1}, nil)
	}
}

// Type types a text where the focus is.
func (tab *Tab) Type(text string) {
	tab.t.Helper()
	tab.command("Input.insertText", map[string]any{"text": text}, nil)
}

// keys are the codes of the keys that tests press.
var keys = map[string]int{"Enter": 13, "Escape": 27, "Tab": 9, " ": 32}

// Press presses a key: "Enter", "Escape", "Tab" or a space.
func (tab *Tab) Press(key string) {
	tab.t.Helper()
	parameters := map[string]any{"key": key, "code": key, "windowsVirtualKeyCode": keys[key]}
	if key == "Enter" {
		parameters["text"] = "\r"
	}
	for _, kind := range []string{"keyDown", "keyUp"} {
		parameters["type"] = kind
		tab.command("Input.dispatchKeyEvent", parameters, nil)
	}
}

// Resize makes the window as wide and as high as this, in CSS pixels. Unlike a
// real window it may be as narrow as a phone.
func (tab *Tab) Resize(width, height int) {
	tab.t.Helper()
	tab.command("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": height, "deviceScaleFactor": 1, "mobile": false}, nil)
}

// Media shows the page as on "print" or "screen", and to a reader who prefers
// dark colours or light ones. The empty medium is the screen.
func (tab *Tab) Media(medium string, dark bool) {
	tab.t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	tab.command("Emulation.setEmulatedMedia", map[string]any{
		"media": medium, "features": []map[string]string{{"name": "prefers-color-scheme", "value": scheme}},
	}, nil)
}

// Screenshot writes what the page looks like into a PNG file: what the window
// shows, or all of it.
func (tab *Tab) Screenshot(png string, all bool) {
	tab.t.Helper()
	var shot struct{ Data string }
	tab.command("Page.captureScreenshot", map[string]any{"captureBeyondViewport": all}, &shot)
	tab.save(png, shot.Data)
}

// PDF prints the page into a PDF file.
func (tab *Tab) PDF(pdf string) {
	tab.t.Helper()
	var print struct{ Data string }
	tab.command("Page.printToPDF", map[string]any{"preferCSSPageSize": true, "printBackground": true, "paperWidth": 8.27, "paperHeight": 11.69}, &print)
	tab.save(pdf, print.Data)
}

func (tab *Tab) save(file, data string) {
	tab.t.Helper()
	content, err := base64.StdEncoding.DecodeString(data)
	must(tab.t, err)
	must(tab.t, os.WriteFile(file, content, 0o666))
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
