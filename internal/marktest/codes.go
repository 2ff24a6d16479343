package marktest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/diagnostic"
)

// Codes reads the constants of type [diagnostic.Code] from Go source files, so
// that a test can hold that each of them has a case.
func Codes(t *testing.T, files ...string) []diagnostic.Code {
	var codes []diagnostic.Code
	for _, file := range files {
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		ast.Inspect(parsed, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if !ok || len(spec.Values) == 0 {
				return true
			}
			if typ, ok := spec.Type.(*ast.SelectorExpr); !ok || typ.Sel.Name != "Code" {
				return true
			}
			text, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			require.NoError(t, err)
			codes = append(codes, diagnostic.Code(text))
			return true
		})
	}
	require.NotEmpty(t, codes)
	return codes
}
