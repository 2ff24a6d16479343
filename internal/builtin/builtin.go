// Package builtin finds documents that are part of the program by their names.
package builtin

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/advance-sales/advance/internal/nearest"
)

// Documents are the files builtin/*.yaml of a package.
type Documents struct {
	Files embed.FS
	What  string // they are, such as "process"
}

// Names lists their names, in order.
func (d Documents) Names() []string {
	files, err := fs.Glob(d.Files, "builtin/*.yaml")
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

// Source returns the text of a document. The error of an unknown name tells the
// nearest.
func (d Documents) Source(name string) ([]byte, error) {
	src, err := d.Files.ReadFile("builtin/" + name + ".yaml")
	if err != nil {
		if hint := nearest.Hint(name, d.Names()); hint != "" {
			return nil, fmt.Errorf("no built-in %s is called %q: %s", d.What, name, hint)
		}
		return nil, fmt.Errorf("no built-in %s is called %q: there is %s", d.What, name, strings.Join(d.Names(), ", "))
	}
	return src, nil
}
