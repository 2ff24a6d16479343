package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// fence is a fenced block of a page, with its language.
var fence = regexp.MustCompile("(?ms)^```(\\w+)\n(.*?)^```$")

// TestReadme runs, reads or compiles every block of the README. With -update it
// writes the output of the commands anew.
func TestReadme(t *testing.T) {
	const readme = "../../README.md"
	page, err := os.ReadFile(readme)
	require.NoError(t, err)
	command := filepath.Join(t.TempDir(), "advance")
	build(t, command, "./cmd/advance")

	blocks := 0
	fresh := fence.ReplaceAllStringFunc(string(page), func(block string) string {
		blocks++
		m := fence.FindStringSubmatch(block)
		language, text := m[1], m[2]
		switch language {
		case "console":
			line, _, _ := strings.Cut(text, "\n")
			text = line + "\n" + shell(t, command, strings.TrimPrefix(line, "$ "))
		case "sh":
			if strings.HasPrefix(text, "go test") {
				break // the command that runs this very test
			}
			assert.NotEmpty(t, shell(t, command, strings.TrimSpace(text)))
		case "json":
			_, err := outcome.DecodeCall([]byte(text))
			assert.NoError(t, err)
		case "yaml":
			_, err := process.Parse("README.md", []byte(text))
			assert.NoError(t, err)
		case "go":
			file := filepath.Join(t.TempDir(), "main.go")
			require.NoError(t, os.WriteFile(file, []byte(text), 0o644))
			program := filepath.Join(t.TempDir(), "program")
			build(t, program, file)
			out, err := exec.Command(program).CombinedOutput()
			assert.NoError(t, err, "%s", out)
		default:
			t.Errorf("nothing checks a block of %s", language)
		}
		return "```" + language + "\n" + text + "```"
	})
	assert.GreaterOrEqual(t, blocks, 8)
	if *update {
		require.NoError(t, os.WriteFile(readme, []byte(fresh), 0o644))
		return
	}
	assert.Equal(t, string(page), fresh, "run the test with -update and look at what changed")
}

// build compiles a program of this module.
func build(t *testing.T, to, what string) {
	t.Helper()
	cmd := exec.Command("go", "build", "-o", to, what)
	cmd.Dir = "../.."
	out, err := cmd.CombinedOutput()
	require.NoError(t, err, "%s", out)
}

// shell runs a command line of the README at the top of the project, with the
// program built already, and returns what it prints.
func shell(t *testing.T, command, line string) string {
	t.Helper()
	require.Contains(t, line, "go run ./cmd/advance")
	cmd := exec.Command("sh", "-c", strings.ReplaceAll(line, "go run ./cmd/advance", command))
	cmd.Dir = "../.."
	out, err := cmd.CombinedOutput()
	if err != nil {
		require.IsType(t, &exec.ExitError{}, err)
	}
	return string(out)
}
