package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRender(t *testing.T) {
	text := try(t, "", words("render testdata/tiny.yaml"))
	assert.Equal(t, exitOK, text.code)
	assert.Contains(t, text.out, "├───┤")
	assert.Empty(t, text.err)
	assert.NotContains(t, text.out, "\x1b")
	assert.Contains(t, try(t, "", words("render --color always")).out, "\x1b")

	for format, begins := range map[string]string{"mermaid": "---\ntitle: ", "html": "<!DOCTYPE html>"} {
		got := try(t, "", words("render --format "+format+" testdata/tiny.yaml"))
		assert.Equal(t, exitOK, got.code)
		assert.Equal(t, begins, got.out[:len(begins)])

		file := t.TempDir() + "/drawing"
		written := try(t, "", words("render --format "+format+" -o "+file+" testdata/tiny.yaml"))
		assert.Equal(t, exitOK, written.code)
		assert.Empty(t, written.out)
		assert.Equal(t, "wrote "+file+"\n", written.err)
		content, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Equal(t, got.out, string(content))
	}

	assert.Equal(t, exitFaults, try(t, "", words("render testdata/faulty.yaml")).code)
	for args, says := range map[string]string{
		"render a b":            "one process at a time",
		"render --format pdf":   `there is no "pdf"`,
		"render -o nowhere/x":   "nowhere/x: there is no such file",
		"render ten-comitments": "did you mean",
	} {
		got := try(t, "", words(args))
		assert.Equal(t, exitFailed, got.code, args)
		assert.Contains(t, got.err, says)
	}
}
