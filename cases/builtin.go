package cases

import (
	"embed"
	"fmt"
	"strings"

	"github.com/advance-sales/advance/process"
)

//go:embed builtin/*.cases.yaml
var builtin embed.FS

// BuiltinSource returns the document of the cases that ship with a built-in
// process. They put every rung, exit and call kind of it to the test. The error
// of an unknown name tells what there is.
func BuiltinSource(name string) ([]byte, error) {
	src, err := builtin.ReadFile("builtin/" + name + ".cases.yaml")
	if err != nil {
		return nil, fmt.Errorf("no built-in process is called %q: there is %s", name, strings.Join(process.BuiltinNames(), ", "))
	}
	return src, nil
}

// Builtin returns the cases that ship with a built-in process.
func Builtin(name string) (*Suite, error) {
	src, err := BuiltinSource(name)
	if err != nil {
		return nil, err
	}
	return Parse(name+".cases.yaml", src, Options{})
}
