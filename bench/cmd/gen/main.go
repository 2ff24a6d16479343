// Command gen writes generated deals: their calls, twelve each, in the order of
// time across all deals, and their own records.
//
//	go run ./cmd/gen -deals 100000 -o calls.jsonl -records deals.jsonl
package main

import (
	"flag"
	"fmt"
	"io"
	"os"

	"github.com/advance-sales/advance/bench/history"
)

func main() {
	deals := flag.Int("deals", 4096, "how many `N` deals of twelve calls")
	calls := flag.String("o", "", "write the calls to this `FILE`; to standard output without one")
	records := flag.String("records", "", "write the records of the deals to this `FILE`")
	flag.Parse()
	if err := run(*deals, *calls, *records); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(deals int, calls, records string) error {
	if records != "" {
		if err := create(records, func(w io.Writer) error { return history.WriteDeals(w, deals) }); err != nil {
			return err
		}
	}
	if calls == "" {
		return history.Write(os.Stdout, deals)
	}
	return create(calls, func(w io.Writer) error { return history.Write(w, deals) })
}

func create(file string, write func(io.Writer) error) error {
	f, err := os.Create(file)
	if err != nil {
		return err
	}
	if err := write(f); err != nil {
		_ = f.Close() // the first error is the one to tell
		return err
	}
	return f.Close()
}
