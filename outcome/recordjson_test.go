package outcome

import (
	"testing"

	"github.com/go-json-experiment/json/jsontext"
	"github.com/stretchr/testify/assert"
)

func TestAppendQuote(t *testing.T) {
	check := func(s string) {
		want, _ := jsontext.AppendQuote([]byte("> "), s)
		assert.Equal(t, string(want), string(appendQuote([]byte("> "), s)), "%q", s)
	}
	for c := range 256 {
		check(string([]byte{byte(c)}))
		check("c-" + string([]byte{byte(c)}) + "7")
	}
	for _, s := range []string{"", "é", "\u2028", "\U0001f642", "a\xed\xa0\x80b"} {
		check(s)
	}
	assert.Zero(t, testing.AllocsPerRun(10, func() { appendQuote(make([]byte, 0, 100), "a \"b\" é") }))
}
