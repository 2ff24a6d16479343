package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
)

// writeTo writes a result to a file, or to standard output where none is named.
// The file appears under its name once it is whole: a run that is interrupted
// leaves what was there before.
func (e *env) writeTo(file string, write func(io.Writer) error) (err error) {
	if file == "" || file == stdinFile {
		return write(e.stdout)
	}
	f, err := os.CreateTemp(filepath.Dir(file), "."+filepath.Base(file)+".*")
	if err != nil {
		return fmt.Errorf("writing %s: %w", file, reason(err))
	}
	defer func() {
		if err != nil {
			_ = f.Close() // it goes
			_ = os.Remove(f.Name())
		}
	}()
	if err := write(&stoppable{e, f}); err != nil {
		return err
	}
	mode := os.FileMode(0o644)
	if info, err := os.Stat(file); err == nil {
		mode = info.Mode().Perm()
	}
	if err := f.Chmod(mode); err != nil {
		return fmt.Errorf("writing %s: %w", file, reason(err))
	}
	if err := f.Close(); err != nil {
		return fmt.Errorf("writing %s: %w", file, reason(err))
	}
	if err := e.ctx.Err(); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), file); err != nil {
		return fmt.Errorf("writing %s: %w", file, err)
	}
	return nil
}

// stoppable stops writing when the command is interrupted.
type stoppable struct {
	e *env
	w io.Writer
}

func (s *stoppable) Write(p []byte) (int, error) {
	if err := s.e.ctx.Err(); err != nil {
		return 0, err
	}
	return s.w.Write(p)
}
