package diagnostic

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func rangeAt(file string, line, column int) Range {
	return Range{File: file, Start: Position{line, column}, End: Position{line, column + 1}}
}

func TestDiagnosticError(t *testing.T) {
	for _, tt := range []struct {
		d    Diagnostic
		want string
	}{
		{Diagnostic{Code: "no_exit", Severity: Error, Range: rangeAt("a.yaml", 3, 5), Path: "stages[0]", Message: "m", Hint: "h"}, "a.yaml:3:5: error: m; h [no_exit]"},
		{Diagnostic{Code: "no_exit", Severity: Warning, Range: rangeAt("", 3, 5), Message: "m"}, "3:5: warning: m [no_exit]"},
		{Diagnostic{Severity: Info, Range: Range{File: "a.yaml"}, Path: "id", Message: "m"}, "a.yaml: info: m"},
		{Diagnostic{Severity: Error, Path: "stages[0].id", Message: "m"}, "stages[0].id: error: m"},
		{Diagnostic{Message: "m"}, "ignore: m"},
	} {
		assert.Equal(t, tt.want, tt.d.Error())
	}
}

func TestList(t *testing.T) {
	l := List{
		{Code: "b", Severity: Error, Range: rangeAt("f", 2, 1), Message: "2"},
		{Code: "b", Severity: Info, Range: rangeAt("f", 1, 9), Message: "1"},
		{Code: "a", Severity: Warning, Range: rangeAt("f", 2, 1), Message: "3"},
		{Code: "z", Severity: Warning, Message: "0"},
	}
	l.Sort()
	assert.Equal(t, "warning: 0 [z]\nf:1:9: info: 1 [b]\nf:2:1: warning: 3 [a]\nf:2:1: error: 2 [b]", l.Error())
	assert.Equal(t, 2, l.Count(Warning))
	assert.Equal(t, 0, l.Count(Ignore))

	err := fmt.Errorf("loading: %w", l.Err())
	var d Diagnostic
	require.ErrorAs(t, err, &d)
	assert.Equal(t, "0", d.Message)
	var list List
	require.ErrorAs(t, err, &list)
	assert.Len(t, list, 4)

	require.NoError(t, l[:3].Err(), "warnings are no error")
	require.NoError(t, List(nil).Err())
}

func TestSeverityText(t *testing.T) {
	for _, name := range SeverityNames() {
		s, err := ParseSeverity(name)
		require.NoError(t, err)
		assert.Equal(t, name, s.String())
	}
	assert.Less(t, Warning, Error)
	assert.Equal(t, "severity(9)", Severity(9).String())
	_, err := ParseSeverity("Error")
	require.EqualError(t, err, `unknown severity "Error": one of ignore, info, warning, error`)

	SeverityNames()[0] = "changed"
	assert.Equal(t, "ignore", SeverityNames()[0])
}

func TestJSON(t *testing.T) {
	in := Diagnostic{Code: "no_exit", Severity: Warning, Range: rangeAt("f", 1, 2), Message: "m"}
	text, err := json.Marshal(in)
	require.NoError(t, err)
	assert.JSONEq(t, `{"code":"no_exit","severity":"warning","range":{"file":"f","start":{"line":1,"column":2},"end":{"line":1,"column":3}},"message":"m"}`, string(text))
	var out Diagnostic
	require.NoError(t, json.Unmarshal(text, &out))
	assert.Equal(t, in, out)
	require.Error(t, json.Unmarshal([]byte(`{"severity":"bad"}`), &out))
}
