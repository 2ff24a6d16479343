package main

import (
	"context"
	"os"
	"os/signal"
	"time"

	"github.com/advance-sales/advance/internal/terminal"
)

func main() {
	collectSeldom()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // a second interrupt ends the process at once
	e := &env{
		ctx:    ctx,
		stdin:  os.Stdin,
		stdout: os.Stdout,
		stderr: os.Stderr,
		now:    time.Now,
		getenv: os.Getenv,
		in:     terminal.Of(os.Stdin),
		out:    terminal.Of(os.Stdout),
		err:    terminal.Of(os.Stderr),
	}
	os.Exit(run(os.Args[1:], e))
}
