package crm_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/internal/marktest"
)

// TestDiagnostics reads mappings that say themselves what is told about them:
// those in err can not be used, those in warn can.
func TestDiagnostics(t *testing.T) {
	seen := map[diagnostic.Code]bool{}
	for _, dir := range []string{"err", "warn"} {
		files, err := filepath.Glob("testdata/" + dir + "/*.yaml")
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, file := range files {
			t.Run(dir+"/"+filepath.Base(file), func(t *testing.T) {
				marked, err := os.ReadFile(file)
				require.NoError(t, err)
				clean, wants := marktest.Strip(t, string(marked))
				got := crm.Lint(file, []byte(clean))
				marktest.Check(t, wants, got)
				for _, d := range got {
					seen[d.Code] = true
				}
				_, err = crm.Parse(file, []byte(clean))
				if dir == "err" {
					var list diagnostic.List
					require.ErrorAs(t, err, &list)
					assert.Equal(t, got, list)
				} else {
					assert.NoError(t, err)
				}
			})
		}
	}
	for _, code := range marktest.Codes(t, "codes.go") {
		assert.True(t, seen[code], "no document is told %s", code)
	}
}

// TestEveryKey reads a mapping that has every key there is, and holds that each
// of them arrives.
func TestEveryKey(t *testing.T) {
	src, err := os.ReadFile("testdata/ok/every_key.yaml")
	require.NoError(t, err)
	def, diags := crm.Read("every_key.yaml", src)
	assert.Empty(t, diags)
	assert.Equal(t, map[string]map[string]any{"": {"x-own": "kept"}}, def.Extensions)
	def.Extensions = nil
	for _, empty := range zeros("", reflect.ValueOf(def)) {
		// What can only stand without another key.
		assert.Contains(t, []string{
			".Extensions", ".Deals.Table.Name", ".Deals.Status.Field", ".Activities[0].NoCalls", ".History[0].Stage", ".History[0].CloseDate",
			".Rules[0].CommitmentOf", ".Rules[0].Status",
		}, empty)
	}
	assert.True(t, def.Activities[1].NoCalls)
	for _, d := range crm.Lint("every_key.yaml", src) {
		assert.Less(t, d.Severity, diagnostic.Error, d.Error())
	}
}

// zeros lists the fields that are empty, of lists in the first item alone.
func zeros(path string, v reflect.Value) (all []string) {
	switch {
	case v.Type() == reflect.TypeFor[crm.Field]() || v.Type() == reflect.TypeFor[crm.Condition]():
		if v.IsZero() {
			return []string{path}
		}
	case v.Kind() == reflect.Pointer:
		return zeros(path, v.Elem())
	case v.Kind() == reflect.Slice:
		if v.Len() == 0 {
			return []string{path}
		}
		return zeros(path+"[0]", v.Index(0))
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			all = append(all, zeros(path+"."+v.Type().Field(i).Name, v.Field(i))...)
		}
	case v.IsZero():
		return []string{path}
	}
	return all
}
