package main

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/process"
)

func TestRun(t *testing.T) {
	const want = `advance: The buyer agreed to take a first meeting by 5 November, the exit of Target: the deal moved to Trial.
in trial, stalled: false, next change on 5 November
primary: "Would two of you work with it for a week, starting on Monday?"
fallback: "Could you let me have last quarter's figures by Wednesday?"
`
	var got bytes.Buffer
	require.NoError(t, run(&got))
	assert.Equal(t, want, got.String())
}

// TestSales sees to it that nobody begins with a process that has to be mended.
func TestSales(t *testing.T) {
	assert.Empty(t, process.Lint("sales.yaml", sales, process.AdviceOptions{}))
}
