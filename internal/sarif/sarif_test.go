package sarif

import (
	"encoding/json"
	"net/url"
	"path/filepath"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/diagnostic"
)

// fields are the properties that the published schema of SARIF 2.1.0 has for
// each object that is written here, as far as these use them: the schema allows
// no others. Those marked with an exclamation mark are required.
var fields = map[string][]string{
	"log":         {"$schema", "version!", "runs!"},
	"run":         {"tool!", "columnKind", "artifacts", "results", "properties"},
	"tool":        {"driver!"},
	"driver":      {"name!", "informationUri", "rules"},
	"rule":        {"id!", "shortDescription", "fullDescription", "help", "helpUri", "defaultConfiguration"},
	"text":        {"text!", "markdown"},
	"default":     {"level"},
	"artifact":    {"location"},
	"location":    {"physicalLocation", "logicalLocations"},
	"physical":    {"artifactLocation!", "region"},
	"artifactual": {"uri!"},
	"region":      {"startLine", "startColumn", "endLine", "endColumn"},
	"result":      {"ruleId!", "ruleIndex", "level", "message!", "locations"},
	"logical":     {"fullyQualifiedName"},
}

func object(t *testing.T, kind string, v any) map[string]any {
	m, ok := v.(map[string]any)
	require.True(t, ok, "%s: %v", kind, v)
	for key := range m {
		assert.True(t, slices.Contains(fields[kind], key) || slices.Contains(fields[kind], key+"!"), "%s has no %q", kind, key)
	}
	for _, key := range fields[kind] {
		if n := len(key) - 1; key[n] == '!' {
			assert.Contains(t, m, key[:n], kind)
		}
	}
	return m
}

func list(t *testing.T, v any) []any {
	l, ok := v.([]any)
	require.True(t, ok, "no list: %v", v)
	return l
}

func reference(t *testing.T, v any) {
	_, err := url.Parse(v.(string))
	assert.NoError(t, err)
}

var levels = []any{"none", "note", "warning", "error"}

// valid holds a document against the schema of the format.
func valid(t *testing.T, document []byte) {
	var decoded any
	require.NoError(t, json.Unmarshal(document, &decoded))
	log := object(t, "log", decoded)
	assert.Equal(t, "2.1.0", log["version"])
	for _, r := range list(t, log["runs"]) {
		run := object(t, "run", r)
		assert.Contains(t, []any{"utf16CodeUnits", "unicodeCodePoints"}, run["columnKind"])
		driver := object(t, "driver", object(t, "tool", run["tool"])["driver"])
		reference(t, driver["informationUri"])
		var rules []any
		for _, v := range list(t, driver["rules"]) {
			rule := object(t, "rule", v)
			assert.NotContains(t, rules, rule["id"])
			rules = append(rules, rule["id"])
			for _, key := range []string{"shortDescription", "fullDescription", "help"} {
				assert.NotEmpty(t, object(t, "text", rule[key])["text"])
			}
			reference(t, rule["helpUri"])
			assert.Contains(t, levels, object(t, "default", rule["defaultConfiguration"])["level"])
		}
		for _, v := range list(t, run["artifacts"]) {
			reference(t, object(t, "artifactual", object(t, "artifact", v)["location"])["uri"])
		}
		for _, v := range list(t, run["results"]) {
			result := object(t, "result", v)
			assert.Contains(t, levels, result["level"])
			assert.NotEmpty(t, object(t, "text", result["message"])["text"])
			if index, ok := result["ruleIndex"].(float64); ok {
				assert.Equal(t, result["ruleId"], rules[int(index)])
			}
			for _, v := range list(t, result["locations"]) {
				location := object(t, "location", v)
				physical := object(t, "physical", location["physicalLocation"])
				reference(t, object(t, "artifactual", physical["artifactLocation"])["uri"])
				if v, ok := physical["region"]; ok {
					for key, n := range object(t, "region", v) {
						assert.GreaterOrEqual(t, n, 1.0, key)
					}
				}
				if v, ok := location["logicalLocations"]; ok {
					for _, l := range list(t, v) {
						object(t, "logical", l)
					}
				}
			}
		}
	}
}

func TestNew(t *testing.T) {
	rules := []Rule{
		{ID: "unknown_key", ShortDescription: Text{Text: "a"}, FullDescription: Text{Text: "b"}, Help: Text{Text: "c", Markdown: "`c`"}, HelpURI: "https://example.org/#a", Default: Default{"error"}},
		{ID: "no_ask", ShortDescription: Text{Text: "a"}, FullDescription: Text{Text: "b"}, Help: Text{Text: "c"}, HelpURI: "https://example.org/#b", Default: Default{"warning"}},
	}
	diags := diagnostic.List{
		{
			Code: "no_ask", Severity: diagnostic.Warning, Path: "commitments.a", Message: "no ask", Hint: "write one",
			Range: diagnostic.Range{File: "my sales.yaml", Start: diagnostic.Position{Line: 3, Column: 4}, End: diagnostic.Position{Line: 3, Column: 9}},
		},
		{Code: "new", Severity: diagnostic.Info, Message: "not in the rules", Range: diagnostic.Range{File: "b.yaml"}},
	}
	log := New("advance", "https://example.org", rules, []string{"my sales.yaml", "b.yaml"}, diags)
	text, err := json.Marshal(log)
	require.NoError(t, err)
	valid(t, text)

	first, second := log.Runs[0].Results[0], log.Runs[0].Results[1]
	require.NotNil(t, first.RuleIndex)
	assert.Equal(t, 1, *first.RuleIndex)
	assert.Equal(t, "no ask; write one", first.Message.Text)
	assert.Equal(t, "my%20sales.yaml", first.Locations[0].Physical.Artifact.URI)
	assert.Equal(t, &Region{3, 4, 3, 9}, first.Locations[0].Physical.Region)
	assert.Equal(t, []Logical{{"commitments.a"}}, first.Locations[0].Logical)
	assert.Nil(t, second.RuleIndex)
	assert.Nil(t, second.Locations[0].Physical.Region)
	assert.Equal(t, "note", second.Level)

	text, err = json.Marshal(New("advance", "https://example.org", []Rule{}, nil, nil))
	require.NoError(t, err)
	valid(t, text)
}

func TestFileURI(t *testing.T) {
	for file, want := range map[string]string{
		"sales.yaml":      "sales.yaml",
		"a/b c.yaml":      "a/b%20c.yaml",
		"größe.yaml":      "gr%C3%B6%C3%9Fe.yaml",
		"50%.yaml":        "50%25.yaml",
		"../sales.yaml":   "../sales.yaml",
		"c:x.yaml":        "./c:x.yaml",
		"a#b?.yaml":       "a%23b%3F.yaml",
		"-":               "-",
		"/tmp/sales.yaml": "file:///tmp/sales.yaml",
	} {
		if filepath.IsAbs(file) || file[0] != '/' {
			assert.Equal(t, want, fileURI(file))
		}
	}
}
