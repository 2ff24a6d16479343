package finding

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCodes(t *testing.T) {
	seen := map[string]bool{}
	for i, c := range Codes() {
		assert.Equal(t, i+1, int(c), "codes count up without a hole")
		assert.NotEmpty(t, table[c].name)
		assert.False(t, seen[c.String()], "%s twice", c)
		seen[c.String()] = true

		text, err := c.MarshalText()
		require.NoError(t, err)
		var back Code
		require.NoError(t, back.UnmarshalText(text))
		assert.Equal(t, c, back)
		assert.Equal(t, c.Fault(), c.Default().String() == "error", "%s: faults, and only they, are errors by default", c)
	}
}

func TestParseUnknown(t *testing.T) {
	_, err := Parse("hapy_ears")
	assert.EqualError(t, err, `unknown finding "hapy_ears": did you mean "happy_ears"?`)
	_, err = Parse("zzz")
	assert.EqualError(t, err, `unknown finding "zzz"`)
	assert.Equal(t, "finding(0)", Code(0).String())
	assert.Equal(t, "finding(255)", Code(255).String())
	assert.Equal(t, "ignore", Code(255).Default().String())
}
