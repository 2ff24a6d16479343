package main

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestInit starts a process that the other verbs have nothing to say against,
// and never writes over anybody's work.
func TestInit(t *testing.T) {
	t.Chdir(t.TempDir())

	got := try(t, "", words("init --from transactional shop.yaml"))
	require.Equal(t, exitOK, got.code, got.err)
	assert.Contains(t, got.out, "advance test shop.cases.yaml")
	assert.Equal(t, "wrote shop.yaml\nwrote shop.cases.yaml\nwrote cases.schema.json\nwrote process.schema.json\n", got.err)
	assert.Equal(t, exitOK, try(t, "", words("lint --strict shop.yaml")).code)
	assert.Equal(t, exitOK, try(t, "", words("test shop.cases.yaml --min 100")).code)

	require.NoError(t, os.WriteFile("shop.yaml", []byte("mine"), 0o666))
	got = try(t, "", words("init shop.yaml"))
	assert.Equal(t, exitFailed, got.code)
	assert.Contains(t, got.err, "there is shop.yaml and shop.cases.yaml already")
	kept, err := os.ReadFile("shop.yaml")
	require.NoError(t, err)
	assert.Equal(t, "mine", string(kept))

	got = try(t, "", words("init --force shop.yaml"))
	assert.Equal(t, exitOK, got.code)
	assert.Equal(t, exitOK, try(t, "", words("process show shop.yaml")).code)

	got = try(t, "", words("init"))
	assert.Equal(t, exitOK, got.code)
	assert.FileExists(t, "sales.yaml")

	require.NoError(t, os.Mkdir("sub", 0o777))
	assert.Equal(t, exitOK, try(t, "", words("init sub/other.yml")).code)
	assert.FileExists(t, filepath.Join("sub", "process.schema.json"))
	assert.FileExists(t, filepath.Join("sub", "other.cases.yaml"))
}

func TestInitCannotRun(t *testing.T) {
	t.Chdir(t.TempDir())
	for args, says := range map[string]string{
		"init a.yaml b.yaml":      "one file at a time",
		"init sales":              "ends in .yaml",
		"init --from complex":     "no built-in process is called",
		"init nowhere/sales.yaml": "there is no such file",
	} {
		got := try(t, "", words(args))
		assert.Equal(t, exitFailed, got.code, args)
		assert.Contains(t, got.err, says)
	}
	left, err := os.ReadDir(".")
	require.NoError(t, err)
	assert.Empty(t, left)
}
