package blocks

import (
	"runtime"
	"sync"
)

// Map works on what comes from a channel, on all processors, and passes the
// results on in the order in which it came. It ends when the channel is closed,
// or when stop is, and closes its result.
func Map[In, Out any](in <-chan In, stop <-chan struct{}, work func(In) Out) <-chan Out {
	workers := runtime.GOMAXPROCS(0)
	type task struct {
		in  In
		out chan Out
	}
	tasks, order := make(chan task), make(chan chan Out, 2*workers)
	var busy sync.WaitGroup
	for range workers {
		busy.Go(func() {
			for t := range tasks {
				t.out <- work(t.in)
			}
		})
	}
	go func() {
		defer close(order)
		defer busy.Wait()
		defer close(tasks)
		for {
			select {
			case <-stop:
				return
			case item, ok := <-in:
				if !ok {
					return
				}
				slot := make(chan Out, 1)
				select {
				case order <- slot:
				case <-stop:
					return
				}
				tasks <- task{item, slot}
			}
		}
	}()
	out := make(chan Out)
	go func() {
		defer close(out)
		for slot := range order {
			select {
			case out <- <-slot:
			case <-stop:
				return
			}
		}
	}()
	return out
}
