package process

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/diagnostic"
)

// TestMisworded goes through names with known answers, one a line: what the
// buyer does, or can be read so, must raise nothing; of what the seller does, and
// of moods and topics, as much as possible is to be found.
func TestMisworded(t *testing.T) {
	groups := []struct {
		file string
		want diagnostic.Code
	}{
		{"buyer.txt", ""},
		{"seller.txt", AdviceSellerAction},
		{"topic.txt", AdviceNotAnAction},
	}
	seen := map[string]bool{}
	var total, found, innocent int
	for _, g := range groups {
		names, err := os.ReadFile("testdata/wording/" + g.file)
		require.NoError(t, err)
		for name := range strings.SplitSeq(strings.TrimSpace(string(names)), "\n") {
			require.False(t, seen[name], "%q is there twice", name)
			seen[name] = true
			got := misworded(name)
			if g.want == "" {
				innocent++
				assert.Empty(t, got, "a false alarm: %q", name)
				continue
			}
			total++
			switch got {
			case g.want:
				found++
			case "":
				t.Logf("passes: %q, which should raise %s", name, g.want)
			default:
				t.Errorf("%q raises %s, not %s", name, got, g.want)
			}
		}
	}
	t.Logf("%d innocent names without an alarm; %d of %d others found (%d%%)", innocent, found, total, 100*found/total)
	assert.GreaterOrEqual(t, innocent, total, "innocent names should be at least half of all")
	assert.GreaterOrEqual(t, 100*found, 90*total, "fewer names are found than before")
}

// TestMiswordedForms holds that it is the words that count, and not how they
// are written down.
func TestMiswordedForms(t *testing.T) {
	for name, want := range map[string]diagnostic.Code{
		"  SEND   THE PROPOSAL ":               AdviceSellerAction,
		"send-the-proposal":                    AdviceSellerAction,
		"Send the proposal.":                   AdviceSellerAction,
		"“Send the proposal”":                  AdviceSellerAction,
		"We’ll send pricing":                   AdviceSellerAction,
		"Send the proposal, then decide on it": "",
		"Send the proposal (signed)":           "",
		"":                                     "",
		"?!":                                   "",
		"Sénd the proposal":                    "",
		strings.Repeat("very ", 100) + "keen":  "", // too long to be a name
	} {
		assert.Equal(t, want, misworded(name), "%q", name)
	}
}
