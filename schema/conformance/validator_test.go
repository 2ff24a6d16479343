package conformance_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/cases"
	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/marktest"
	"github.com/advance-sales/advance/internal/yamldoc"
	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
	"github.com/advance-sales/advance/schema"
)

// root is where the library stands.
const root = "../.."

// compile returns the validator for a schema, which is checked against the
// schema of schemas on the way.
func compile(t *testing.T, name string) *jsonschema.Schema {
	t.Helper()
	text, err := schema.JSON(name)
	require.NoError(t, err)
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	c := jsonschema.NewCompiler()
	require.NoError(t, c.AddResource(name+".json", doc))
	s, err := c.Compile(name + ".json")
	require.NoError(t, err)
	return s
}

func TestDraft(t *testing.T) {
	for _, name := range schema.Names() {
		assert.Equal(t, 2020, compile(t, name).DraftVersion, name)
	}
}

// value is what a YAML text holds, as a tool that knows no process reads it.
func value(t *testing.T, src []byte) (any, bool) {
	t.Helper()
	node, diags := yamldoc.Parse("", src)
	if node == nil || diags.Err() != nil {
		return nil, false
	}
	// By way of JSON, as for every tool that hands YAML to a validator.
	text, err := json.Marshal(node.Value())
	require.NoError(t, err)
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	return v, true
}

// documents are the YAML files of the repository below a folder, by path.
func documents(t *testing.T, folders ...string) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	for _, folder := range folders {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || filepath.Ext(path) != ".yaml" {
				return err
			}
			src, err := os.ReadFile(path)
			found[path] = src
			return err
		})
		require.NoError(t, err)
	}
	require.NotEmpty(t, found)
	return found
}

// TestValid validates every sound document in the repository.
func TestValid(t *testing.T) {
	processes, suites := compile(t, "process"), compile(t, "cases")
	seen := map[bool]int{}
	for path, src := range documents(t, "process", "cases", "examples", "cmd", "render", "diff", "docs") {
		if filepath.Base(filepath.Dir(path)) == "warn" {
			clean, _ := marktest.Strip(t, string(src))
			src = []byte(clean)
		}
		_, notCases := cases.Parse(path, src, cases.Options{})
		_, notProcess := process.Parse(path, src)
		v, ok := value(t, src)
		switch {
		case !ok:
		case notCases == nil:
			assert.NoError(t, suites.Validate(v), path)
			seen[true]++
		case notProcess == nil:
			assert.NoError(t, processes.Validate(v), path)
			seen[false]++
		}
	}
	assert.GreaterOrEqual(t, seen[true], 7, "documents of cases")
	assert.GreaterOrEqual(t, seen[false], 20, "processes")
}

// structural are the faults that a schema can see.
var structural = []diagnostic.Code{
	yamldoc.UnknownKey, yamldoc.WrongType, yamldoc.MissingKey, yamldoc.EmptyValue, process.CodeBadValue, process.CodeUnknownFinding,
	process.CodeUnsupportedFormat, process.CodeBadDuration,
}

// TestInvalid validates the broken documents in the tests of the readers.
func TestInvalid(t *testing.T) {
	for _, kind := range []struct {
		schema, folder string
		read           func(file string, src []byte) error
	}{
		{"process", "process/testdata/err", func(file string, src []byte) error {
			_, err := process.Parse(file, src)
			return err
		}},
		{"cases", "cases/testdata/err", func(file string, src []byte) error {
			_, err := cases.Parse(file, src, cases.Options{})
			return err
		}},
		{"mapping", "crm/testdata/err", func(_ string, src []byte) error { return readMapping(src) }},
	} {
		s, refused := compile(t, kind.schema), 0
		for path, marked := range documents(t, kind.folder) {
			clean, _ := marktest.Strip(t, string(marked))
			v, ok := value(t, []byte(clean))
			if !ok {
				continue // no YAML, or too much of it
			}
			err := kind.read(path, []byte(clean))
			if codes := structuralCodes(err); len(codes) > 0 {
				assert.Error(t, s.Validate(v), "%s: %s", path, codes)
				refused++
			}
		}
		assert.Greater(t, refused, 2, kind.schema)
	}
}

// readMapping reads a mapping without judging whether it makes sense: a table can
// lack what another mapping has, which it extends.
func readMapping(src []byte) error {
	_, diags := crm.Read("", src)
	return diags.Err()
}

// TestMappings validates the sound mappings in the repository.
func TestMappings(t *testing.T) {
	mappings, seen := compile(t, "mapping"), 0
	for path, src := range documents(t, "crm/builtin", "crm/testdata/ok", "crm/testdata/warn", "cmd", "examples") {
		if filepath.Base(filepath.Dir(path)) == "warn" {
			clean, _ := marktest.Strip(t, string(src))
			src = []byte(clean)
		}
		if _, err := crm.Parse(path, src); err != nil {
			continue
		}
		v, ok := value(t, src)
		require.True(t, ok, path)
		assert.NoError(t, mappings.Validate(v), path)
		seen++
	}
	assert.GreaterOrEqual(t, seen, 14)
}

func structuralCodes(err error) []diagnostic.Code {
	var faults diagnostic.List
	errors.As(err, &faults)
	var codes []diagnostic.Code
	for _, d := range faults {
		if slices.Contains(structural, d.Code) {
			codes = append(codes, d.Code)
		}
	}
	return codes
}

// TestBroken breaks sound documents at every place in every way, and compares
// the reader with the validator. What the reader finds wrong with the form, the
// schema refuses; and what the schema refuses, the reader does.
func TestBroken(t *testing.T) {
	t.Parallel()
	for _, kind := range []struct {
		schema, file string
		read         func(src []byte) error
	}{
		{"process", "process/testdata/ok/every_key.yaml", parseProcess},
		{"mapping", "crm/testdata/ok/every_key.yaml", readMapping},
		{"cases", "cases/testdata/tiny.cases.yaml", func(src []byte) error {
			_, err := cases.Parse(filepath.Join(root, "cases/testdata/broken.yaml"), src, cases.Options{})
			return err
		}},
	} {
		t.Run(kind.file, func(t *testing.T) {
			s := compile(t, kind.schema)
			src, err := os.ReadFile(filepath.Join(root, kind.file))
			require.NoError(t, err)
			sound, ok := value(t, src)
			require.True(t, ok)
			n := 0
			breakings(sound, "", func(how string, broken any) {
				if n++; testing.Short() && n%10 != 0 {
					return
				}
				text, err := json.Marshal(broken)
				require.NoError(t, err)
				refused := kind.read(text)
				invalid := s.Validate(roundTrip(t, text))
				switch codes := structuralCodes(refused); {
				case strings.HasSuffix(how, ".x_crm is null"): // a key without a value, which YAML makes a value
				case len(codes) > 0 && invalid == nil:
					t.Errorf("%s: the reader refuses it (%v), and the schema does not", how, refused)
				case invalid != nil && refused == nil:
					t.Errorf("%s: the schema refuses it, and the reader does not: %v", how, invalid)
				}
			})
			t.Logf("%d broken documents", n)
			assert.Greater(t, n, 500)
		})
	}
}

func parseProcess(src []byte) error {
	_, err := process.Parse("", src)
	return err
}

func roundTrip(t *testing.T, text []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	require.NoError(t, err)
	return v
}

// wrong are values that are wrong in most places.
var wrong = []string{`null`, `"zzzzzzzz"`, `""`, `7`, `-7`, `1.5`, `true`, `[]`, `{}`, `["zzzzzzzz"]`, `{"zzzzzzzz": 1}`, `[null]`, `[[]]`, `{"x-own": 1}`}

// breakings calls each with copies of v that differ from it at one place.
func breakings(v any, path string, each func(how string, broken any)) {
	for _, text := range wrong {
		w, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
		if err != nil {
			panic(err)
		}
		each(fmt.Sprintf("%s is %s", path, text), w)
	}
	switch v := v.(type) {
	case map[string]any:
		for _, key := range slices.Sorted(maps.Keys(v)) {
			without := maps.Clone(v)
			delete(without, key)
			each(fmt.Sprintf("%s without %s", path, key), without)
			breakings(v[key], path+"."+key, func(how string, broken any) {
				with := maps.Clone(v)
				with[key] = broken
				each(how, with)
			})
		}
		with := maps.Clone(v)
		with["zzzzzzzz"] = 1
		each(path+" with zzzzzzzz", with)
	case []any:
		for i := range v {
			breakings(v[i], fmt.Sprintf("%s[%d]", path, i), func(how string, broken any) {
				with := slices.Clone(v)
				with[i] = broken
				each(how, with)
			})
		}
	}
}

// records are sound records with every field.
var records = map[string][]string{
	"call": {
		`{"id":"c-17","revision":1,"deal":"D-1042","at":"2026-11-02T10:00:00Z","kind":"cold_call","channel":"phone","rep":"ana",
		 "contact":"reached","target":"first_meeting","planned_at":"2026-11-01T16:00:00+01:00","asked":["first_meeting"],
		 "commitments":[{"commitment":"first_meeting","by":"buyer","status":"given","due":"2026-11-05T15:00:00.5Z",
		   "people":[{"name":"J. Ortiz","role":"economic_buyer"}],"evidence":["calendar"],"note":"..."},{"other":"lunch","commitment":""},{"other":"","commitment":"demo","due":null}],
		 "activities":["needs_analysis"],"rating":"great","notes":"...","x_own":{"a":[1]},
		 "no_sale":{"by":"buyer","reason":"budget","stage":"lost"},"pause":{"until":"2026-12-01","reason":"..."}}`,
	},
	"deal": {
		`{"deal":"D-1042","name":"Acme","opened":"2026-01-05T09:00:00Z","stage":"discovery","amount":48000,"currency":"EUR",
		 "owner":"ana","close_date":"2026-12-18","claimed":"proposal","x_own":1}`,
	},
}

// nothing is a place at which the reader takes null for somebody without a name
// and a role, or for an activity without a name. A schema need not say so.
var nothing = regexp.MustCompile(`(people|activities)(\[0\] is null| is \[null\])$`)

// TestRecords breaks records at every place in every way. The reader and the
// schema agree on every one of them.
func TestRecords(t *testing.T) {
	read := map[string]func([]byte) error{
		"call": func(text []byte) error { _, err := outcome.DecodeCall(text); return err },
		"deal": func(text []byte) error { _, err := outcome.DecodeDeal(text); return err },
	}
	for name, sound := range records {
		s := compile(t, name)
		for _, text := range sound {
			require.NoError(t, read[name]([]byte(text)))
			v := roundTrip(t, []byte(text))
			require.NoError(t, s.Validate(v))
			breakings(v, name, func(how string, broken any) {
				text, err := json.Marshal(broken)
				require.NoError(t, err)
				refused, invalid := read[name](text), s.Validate(roundTrip(t, text))
				if refused == nil && nothing.MatchString(how) {
					return
				}
				if (refused == nil) != (invalid == nil) {
					t.Errorf("%s: the reader says %v, the schema %v", how, refused, invalid)
				}
			})
		}
	}
}

// TestExampleRecords validates the records that the examples come with.
func TestExampleRecords(t *testing.T) {
	calls, deals := compile(t, "call"), compile(t, "deal")
	n := 0
	err := filepath.WalkDir(filepath.Join(root, "examples"), func(path string, d fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(path) != ".jsonl" {
			return err
		}
		src, err := os.ReadFile(path)
		for i, line := range bytes.Split(src, []byte("\n")) {
			if _, err := outcome.DecodeCall(line); err == nil {
				n++
				assert.NoError(t, calls.Validate(roundTrip(t, line)), "%s:%d", path, i+1)
			} else if _, err := outcome.DecodeDeal(line); err == nil {
				n++
				assert.NoError(t, deals.Validate(roundTrip(t, line)), "%s:%d", path, i+1)
			}
		}
		return err
	})
	require.NoError(t, err)
	t.Logf("%d records", n)
}

// TestVerdicts validates the verdicts on all cases of the built-in processes.
func TestVerdicts(t *testing.T) {
	s, n := compile(t, "verdict"), 0
	for _, name := range process.BuiltinNames() {
		suite, err := cases.Builtin(name)
		require.NoError(t, err)
		for _, result := range suite.Run(cases.RunOptions{}) {
			text, err := json.Marshal(result.Verdict)
			require.NoError(t, err)
			assert.NoError(t, s.Validate(roundTrip(t, text)), "%s: %s", name, result.Case)
			n++
		}
	}
	assert.Greater(t, n, 100)
}
