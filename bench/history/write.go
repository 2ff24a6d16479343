package history

import (
	"bufio"
	"fmt"
	"io"

	"github.com/go-json-experiment/json"
	"github.com/go-json-experiment/json/jsontext"

	"github.com/advance-sales/advance/outcome"
)

// Write writes the calls of so many deals as records, one JSON object a line, in
// the order of time.
func Write(w io.Writer, deals int) error {
	return write(w, func(each func(any) error) error {
		for c := range All(deals) {
			if err := each(c); err != nil {
				return fmt.Errorf("writing call %s: %w", c.ID, err)
			}
		}
		return nil
	})
}

// WriteDeals writes the records of so many deals. One in four claims the stage
// behind the one that it comes to.
func WriteDeals(w io.Writer, deals int) error {
	return write(w, func(each func(any) error) error {
		for deal := range deals {
			claimed := Stage(deal)
			if deal%4 == 0 {
				claimed = min(claimed+1, len(Stages)-1)
			}
			d := outcome.Deal{
				Deal: outcome.DealID(ids(deal)[:dealID]), Opened: at(deal, 0, deals),
				Owner: reps[deal%len(reps)], Claimed: string(Stages[claimed]),
			}
			if err := each(d); err != nil {
				return fmt.Errorf("writing deal %s: %w", d.Deal, err)
			}
		}
		return nil
	})
}

func write(w io.Writer, records func(each func(any) error) error) error {
	out := bufio.NewWriterSize(w, 1<<16)
	enc := jsontext.NewEncoder(out)
	if err := records(func(r any) error { return json.MarshalEncode(enc, r) }); err != nil {
		return err
	}
	return out.Flush()
}
