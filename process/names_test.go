package process

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestNames(t *testing.T) {
	numbers := map[string]int{}
	for i := range 300 {
		numbers[fmt.Sprintf("same_ends_%03d_and_length", i)] = i // all begin at the same place
		numbers[fmt.Sprintf("n%d", i)] = 1000 + i
	}
	table := nameIndex(numbers)
	for name, number := range numbers {
		found, ok := table.find(name)
		assert.True(t, ok)
		assert.Equal(t, number, found)
	}
	for _, name := range []string{"", "n", "n300", "same_ends_300_and_length", "\x00"} {
		_, ok := table.find(name)
		assert.False(t, ok, name)
	}
	var none names
	assert.False(t, none.has("n1"))
	empty := wordIndex([]string{})
	assert.False(t, empty.has("n1"))
}

// BenchmarkNames compares the table with a map of the language.
func BenchmarkNames(b *testing.B) {
	words := []string{"first_meeting", "second_meeting", "share_numbers", "site_visit", "workshop", "pilot", "contract", "kickoff", "board_date", "read_draft"}
	numbers := map[string]int{}
	for i, w := range words {
		numbers[w] = i
	}
	table := nameIndex(numbers)
	sum := 0
	b.Run("table", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			n, _ := table.find(words[i%len(words)])
			sum += n
		}
	})
	b.Run("map", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			sum += numbers[words[i%len(words)]]
		}
	})
}
