package yamldoc

import (
	"math/rand/v2"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"
)

// pieces are what texts are put together from at random: enough of them come
// out as YAML, and enough nearly so.
var pieces = []string{
	"\n", "\n", "\n", "\n  ", "\n  ", "\n    ", "\n ", "\n- ", "\n  - ", "a: ", "b: ", "c:", "d", "e f", "\"g\"", "'h'", "[i]", "{j: k}",
	"[l, m: n]", "- ", " # o", "# p", "|\n   q\n  r", ">-\n  s", "&t ", "*t", "!u ", "\"v\n w\"", "[x,\n y]", "?", ":", "{", "}", "[", "]", ",", "\"", "'",
	"z:z", "\t", " ", "  ", ": ", "\n\n", "\n#\n", "@", "%", "~", "''", "<<: ",
}

func randomText(r *rand.Rand) string {
	var b strings.Builder
	for range 1 + r.IntN(14) {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

// TestFindOnlyFaults holds that the search for a syntax error finds none in a
// text that the library reads, and nearly always one in a text that it refuses.
func TestFindOnlyFaults(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	wrong, found := 0, 0
	for range 20_000 {
		src := randomText(r)
		err := decode(strings.NewReader(src), new(yaml.Node))
		first, other := findFault(src)
		switch {
		case err == nil && first.code != "":
			t.Errorf("a fault in a text without one: %q: %d-%d %s; %s", src, first.from, first.to, first.message, first.hint)
		case err != nil:
			wrong++
			if reach := retrace(src); first.code != "" && first.from <= reach || other.code != "" {
				found++
			}
		}
	}
	if found < wrong*98/100 {
		t.Errorf("found only %d of %d faults", found, wrong)
	}
}
