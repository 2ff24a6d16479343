package process

import (
	"embed"

	"github.com/advance-sales/advance/internal/builtin"
)

//go:embed builtin/*.yaml
var builtinFiles embed.FS

var builtins = builtin.Documents{Files: builtinFiles, What: "process"}

// Default is the name of the built-in process that is used where none is named.
const Default = "ten-commitments"

// BuiltinNames lists the names of the built-in processes, in order.
func BuiltinNames() []string { return builtins.Names() }

// BuiltinSource returns the YAML document of a built-in process. The error of
// an unknown name tells the nearest.
func BuiltinSource(name string) ([]byte, error) { return builtins.Source(name) }

// Builtin returns a built-in process, compiled.
func Builtin(name string) (*Process, error) {
	src, err := BuiltinSource(name)
	if err != nil {
		return nil, err
	}
	return Parse(name+".yaml", src)
}
