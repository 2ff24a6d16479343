package terminal

import (
	"os"

	"golang.org/x/term"
)

// Device is what stands behind a file: a terminal or something else. The zero
// Device is no terminal.
type Device struct {
	Terminal bool
	Width    int // in columns; 0 where it is not known
}

// Of says what stands behind a file.
func Of(f *os.File) Device {
	fd := int(f.Fd())
	if !term.IsTerminal(fd) {
		return Device{}
	}
	w, _, err := term.GetSize(fd)
	if err != nil {
		w = 0
	}
	return Device{Terminal: true, Width: w}
}
