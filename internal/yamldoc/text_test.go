package yamldoc

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/advance-sales/advance/diagnostic"
)

// TestPositions goes from each character of lines short and long to its place
// and back.
func TestPositions(t *testing.T) {
	for _, lines := range [][]string{
		{"a", "", "bc"},
		{"ä€😀", "", strings.Repeat("aö", 3*stride), "x", strings.Repeat("z", 2*stride) + "ü"},
	} {
		for _, ending := range []string{"\n", "\r\n", "\r"} {
			src := strings.Join(lines, ending)
			_, ascii, _ := readable([]byte(src))
			txt := &text{src: src, ascii: ascii}
			start := 0
			for i, line := range lines {
				column := 1
				for at := range line + "." {
					want := diagnostic.Position{Line: i + 1, Column: column}
					if txt.position(start+at) != want || txt.offset(i+1, column) != start+at {
						t.Fatalf("%v and %d: got %v and %d", want, start+at, txt.position(start+at), txt.offset(i+1, column))
					}
					column++
				}
				assert.Equal(t, start+len(line), txt.offset(i+1, column+5000), "behind the line")
				start += len(line) + len(ending)
			}
			assert.Equal(t, len(src), txt.offset(99, 1<<30))
			assert.Equal(t, 0, txt.offset(-1, -1))
			assert.Equal(t, diagnostic.Position{Line: 1, Column: 1}, txt.position(-5))
		}
	}
}
