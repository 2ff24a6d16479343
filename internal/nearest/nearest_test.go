package nearest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestName(t *testing.T) {
	keys := []string{"ladder", "exit", "stalls_after", "id", "name"}
	for _, tt := range []struct{ name, want string }{
		{"laddr", "ladder"},
		{"Ladder", "ladder"},
		{"laderd", "ladder"},
		{"stalls-after", "stalls_after"},
		{"stalls after", "stalls_after"},
		{"stall_afer", "stalls_after"},
		{"exti", "exit"},
		{"ID", "id"},
		{"nmae", "name"},
		{"di", "id"},
		{"gate", ""},
		{"", ""},
		{"x", ""},
		{strings.Repeat("ladder", 20), ""},
	} {
		got, ok := Name(tt.name, keys)
		assert.Equal(t, tt.want, got, tt.name)
		assert.Equal(t, tt.want != "", ok, tt.name)
	}
}

func TestNameTakesTheEarlierOfTwo(t *testing.T) {
	got, _ := Name("bat", []string{"cat", "hat"})
	assert.Equal(t, "cat", got)
	got, _ = Name("größe", []string{"grosse", "größen"})
	assert.Equal(t, "größen", got, "differences count in characters")
}

func TestHint(t *testing.T) {
	assert.Equal(t, `did you mean "ladder"?`, Hint("lader", []string{"ladder"}))
	assert.Empty(t, Hint("exit", []string{"ladder"}))
	assert.Empty(t, Hint("exit", nil))
}

func TestDistance(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"", "abc", 3},
		{"abc", "", 3},
		{"abc", "acb", 1},
		{"kitten", "sitting", 3},
		{"ca", "abc", 3}, // a swapped pair isn't edited again
	} {
		assert.Equal(t, tt.want, distance([]rune(tt.a), []rune(tt.b)), "%s %s", tt.a, tt.b)
	}
}
