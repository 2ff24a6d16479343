package decode_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/bench/decode"
	"github.com/advance-sales/advance/bench/history"
)

func TestLinesReadsAFileWithAnyNumberOfWorkers(t *testing.T) {
	const deals = 100 // more than one block
	var file bytes.Buffer
	require.NoError(t, history.Write(&file, deals))
	for workers := range 4 {
		n, err := decode.Lines(bytes.NewReader(file.Bytes()), "jx.kept", workers)
		require.NoError(t, err)
		assert.Equal(t, deals*history.Calls, n, "with %d workers", workers)
	}
}

func TestLinesTellsOfABadRecord(t *testing.T) {
	for workers := range 3 {
		_, err := decode.Lines(strings.NewReader("{\"deal\":\"D-1\"}\n{\"deal\"\n"), "jx.kept", workers)
		assert.ErrorContains(t, err, "record 2")
	}
	_, err := decode.Lines(strings.NewReader(""), "none", 1)
	assert.ErrorContains(t, err, `no decoder "none"`)
}
