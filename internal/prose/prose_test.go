package prose

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/process"
)

func TestLength(t *testing.T) {
	const day = 24 * time.Hour
	for want, d := range map[string]time.Duration{
		"1 day": day, "2 days": 2 * day, "1 week": 7 * day, "3 weeks": 21 * day, "30 days": 30 * day, "36 hours": 36 * time.Hour, "0 days": 0,
	} {
		assert.Equal(t, want, Length(d))
	}
}

func TestRequirement(t *testing.T) {
	q := commitment.Requirement{Within: -1}
	assert.Empty(t, Requirement(&q))
	q = commitment.Requirement{
		Dated: true, Within: 21 * 24 * time.Hour, People: 2,
		Roles:    commitment.Need{All: []string{"economic_buyer"}, Any: []string{"legal", "procurement"}},
		Evidence: commitment.Need{Any: []string{"email", "document"}},
	}
	assert.Equal(t, []string{
		"a date within 3 weeks", "2 people by name", "among them: economic buyer, and legal or procurement", "proof: email or document",
	}, Requirement(&q))
}

func TestExit(t *testing.T) {
	p, err := process.Builtin("complex-b2b")
	require.NoError(t, err)
	discovery, _ := p.StageByID("discovery")
	assert.Equal(t, "(“Take a first meeting” has happened or “Bring a second department to the first meeting” has happened)"+
		" and “State in writing what is needed and what it is worth”", Exit(p, discovery))
	target, _ := p.StageByID("target")
	assert.Equal(t, "5 calls or 45 days without progress", Stalls(target.Stalls()))
	assert.Equal(t, "at least 2 of “Share the data behind the problem”, “Sign the agreement” and “Take a first meeting” has happened",
		Criterion(p, process.Criterion{AtLeast: 2, Of: []process.Item{
			process.Held("share_data"), process.Held("sign"), process.Kept("first_meeting"),
		}}))
}
