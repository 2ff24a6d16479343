package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/advance-sales/advance/outcome"
)

// Deals that are read side by side are those that are read one by one.
func TestDealsSideBySide(t *testing.T) {
	text := "\ufeff"
	for i := range 5000 {
		text += []string{
			fmt.Sprintf(`{"deal":"D-%d","name":"Größe","amount":%d}`, i, i), "", `{"deal":"D-1"`, `{"deal":" "}`, `{"deal":"E","nmae":"x"}`,
		}[i%5] + []string{"\n", "\r\n"}[i%2]
	}
	type read struct {
		record outcome.Record[outcome.Deal]
		err    error
	}
	var want, got []read
	for r, err := range outcome.ReadDeals("deals.jsonl", strings.NewReader(text)) {
		want = append(want, read{r, err})
	}
	for r, err := range dealsSideBySide("deals.jsonl", strings.NewReader(text)) {
		got = append(got, read{r, err})
	}
	assert.Len(t, want, 4000)
	assert.Equal(t, want, got)
}
