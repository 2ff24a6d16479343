package process

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/advance-sales/advance/internal/nearest"
)

//go:embed builtin/*.yaml
var builtin embed.FS

// Default is the name of the built-in process that is used where none is named.
const Default = "ten-commitments"

// BuiltinNames lists the names of the built-in processes, in order.
func BuiltinNames() []string {
	files, err := fs.Glob(builtin, "builtin/*.yaml")
	if err != nil {
		panic(err) // the pattern is constant
	}
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = strings.TrimSuffix(strings.TrimPrefix(f, "builtin/"), ".yaml")
	}
	slices.Sort(names)
	return names
}

// BuiltinSource returns the YAML document of a built-in process. The error of
// an unknown name tells the nearest.
func BuiltinSource(name string) ([]byte, error) {
	src, err := builtin.ReadFile("builtin/" + name + ".yaml")
	if err != nil {
		if hint := nearest.Hint(name, BuiltinNames()); hint != "" {
			return nil, fmt.Errorf("no built-in process is called %q: %s", name, hint)
		}
		return nil, fmt.Errorf("no built-in process is called %q: there is %s", name, strings.Join(BuiltinNames(), ", "))
	}
	return src, nil
}

// Builtin returns a built-in process, compiled.
func Builtin(name string) (*Process, error) {
	src, err := BuiltinSource(name)
	if err != nil {
		return nil, err
	}
	return Parse(name+".yaml", src)
}
