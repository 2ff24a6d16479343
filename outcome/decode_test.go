package outcome_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/outcome"
)

func TestDecodeCall(t *testing.T) {
	c, err := outcome.DecodeCall([]byte(`{"id":"c-17","revision":2,"deal":"D-1042","at":"2026-11-02T11:00:00+01:00","kind":"cold_call",
	  "channel":"phone","rep":"ana","contact":"no_show","target":"first_meeting","planned_at":"2026-11-01t16:00:00z","x_twice":1,"x_twice":{"a":1,"a":2},
	  "asked":["first_meeting"],"commitments":[
	    {"commitment":"first_meeting","by":"buyer","status":"kept","due":"2026-11-05T15:00:00Z",
	     "people":[{"name":"J. Ortiz","role":"economic_buyer","x_id":7}],"evidence":["calendar"],"note":"n"},
	    {"other":"call back","by":"third_party","due":"2026-12-01"}],
	  "activities":["needs_analysis"],"rating":"great","notes":"...",
	  "no_sale":{"by":"buyer","reason":"budget","stage":"lost"},"pause":{"until":"2027-01-01","reason":"freeze"},
	  "x_source":{"any":["thing"]}}`))
	require.NoError(t, err)
	assert.Equal(t, outcome.Call{
		ID: "c-17", Revision: 2, Deal: "D-1042", At: time.Date(2026, 11, 2, 10, 0, 0, 0, time.UTC), Kind: "cold_call",
		Channel: "phone", Rep: "ana", Contact: outcome.NoShow, Target: "first_meeting",
		PlannedAt: time.Date(2026, 11, 1, 16, 0, 0, 0, time.UTC), Asked: []commitment.ID{"first_meeting"},
		Commitments: []outcome.Entry{
			{
				Commitment: "first_meeting", By: commitment.Buyer, Status: commitment.Kept,
				Due:    outcome.At(time.Date(2026, 11, 5, 15, 0, 0, 0, time.UTC)),
				People: []commitment.Person{{Name: "J. Ortiz", Role: "economic_buyer"}}, Evidence: []string{"calendar"}, Note: "n",
			},
			{Other: "call back", By: commitment.ThirdParty, Due: outcome.On(2026, 12, 1)},
		},
		Activities: []string{"needs_analysis"}, Rating: outcome.Great, Notes: "...",
		NoSale: &outcome.NoSale{By: commitment.Buyer, Reason: "budget", Stage: "lost"},
		Pause:  &outcome.Pause{Until: outcome.On(2027, 1, 1), Reason: "freeze"},
	}, c)
}

func TestDecodeRefuses(t *testing.T) {
	tests := map[string]struct{ record, reason string }{
		"no deal":                   {`{"at":"2026-01-05T10:00:00Z"}`, `"deal" is missing`},
		"a blank deal":              {`{"deal":" ","at":"2026-01-05T10:00:00Z"}`, `"deal" is missing`},
		"no time":                   {`{"deal":"d"}`, `"at" is missing`},
		"null is missing":           {`{"deal":"d","at":null}`, `"at" is missing`},
		"a date for a time":         {`{"deal":"d","at":"2026-01-05"}`, `at: "2026-01-05" is no time: write it as 2026-11-05T15:00:00Z or with an offset such as +01:00`},
		"an offset without :":       {`{"deal":"d","at":"2026-01-05T10:00:00+0000"}`, `at: "2026-01-05T10:00:00+0000" is no time: write it as 2026-11-05T15:00:00Z or with an offset such as +01:00`},
		"a number for a time":       {`{"deal":"d","at":1736071200}`, `at has to be a text, and this is a number`},
		"no such day":               {`{"deal":"d","at":"2026-01-05T10:00:00Z","pause":{"until":"2026-02-30"}}`, `pause.until: "2026-02-30" is no date: write it as 2026-11-05`},
		"a year beyond":             {`{"deal":"d","at":"9999-12-31T23:00:00-02:00"}`, `at: "9999-12-31T23:00:00-02:00" lies outside the years 1 to 9999 in UTC`},
		"an unknown field":          {`{"deal":"d","at":"2026-01-05T10:00:00Z","comitments":[]}`, `unknown field "comitments": did you mean "commitments"?`},
		"... of another case":       {`{"Deal":"d","at":"2026-01-05T10:00:00Z"}`, `unknown field "Deal": did you mean "deal"?`},
		"... of no meaning":         {`{"deal":"d","at":"2026-01-05T10:00:00Z","zzz":1}`, `unknown field "zzz": free fields begin with "x_"`},
		"... in an entry":           {`{"deal":"d","at":"2026-01-05T10:00:00Z","commitments":[{"other":"a"},{"other":"x","wen":1}]}`, `unknown field "commitments[1].wen": free fields begin with "x_"`},
		"... beside a free one":     {`{"deal":"d","at":"2026-01-05T10:00:00Z","x_a":1,"kinds":"k"}`, `unknown field "kinds": did you mean "kind"?`},
		"a repeated field":          {`{"deal":"d","deal":"d","at":"2026-01-05T10:00:00Z"}`, `the field "deal" is there twice`},
		"... in a free one's place": {`{"deal":"d","x_a":1,"x_a":2,"deal":"e","at":"2026-01-05T10:00:00Z"}`, `the field "deal" is there twice`},
		"an hour of one digit":      {`{"deal":"d","at":"2026-01-05T9:00:00Z"}`, `at: "2026-01-05T9:00:00Z" is no time: write it as 2026-11-05T15:00:00Z or with an offset such as +01:00`},
		"a comma":                   {`{"deal":"d","at":"2026-01-05T10:00:00,5Z"}`, `at: "2026-01-05T10:00:00,5Z" is no time: write it as 2026-11-05T15:00:00Z or with an offset such as +01:00`},
		"an offset of a day":        {`{"deal":"d","at":"2026-01-05T10:00:00+24:00"}`, `at: "2026-01-05T10:00:00+24:00" is no time: write it as 2026-11-05T15:00:00Z or with an offset such as +01:00`},
		"nothing asked for":         {`{"deal":"d","at":"2026-01-05T10:00:00Z","asked":["a",null]}`, `an empty item in "asked"`},
		"nothing as evidence":       {`{"deal":"d","at":"2026-01-05T10:00:00Z","commitments":[{"commitment":"a","evidence":[""]}]}`, `commitments[0] has an empty item in "evidence"`},
		"too much asked for":        {`{"deal":"d","at":"2026-01-05T10:00:00Z","asked":["a"` + strings.Repeat(`,"a"`, 256) + `]}`, `257 items in "asked": the limit is 256`},
		"an unseen other":           {`{"deal":"d","at":"2026-01-05T10:00:00Z","commitments":[{"other":" "}]}`, `commitments[0] has neither "commitment" nor "other"`},
		"half a revision":           {`{"deal":"d","revision":1.5,"at":"2026-01-05T10:00:00Z"}`, `revision has to be a whole number, and 1.5 is none`},
		"an unknown status":         {`{"deal":"d","at":"2026-01-05T10:00:00Z","commitments":[{"commitment":"a","status":"gven"}]}`, `commitments[0].status: unknown status "gven": did you mean "given"?`},
		"an unknown party":          {`{"deal":"d","at":"2026-01-05T10:00:00Z","commitments":[{"commitment":"a","by":"customer"}]}`, `commitments[0].by: unknown party "customer": one of unknown, buyer, seller, third_party`},
		"an unknown contact":        {`{"deal":"d","at":"2026-01-05T10:00:00Z","contact":"voicemail"}`, `contact: unknown contact "voicemail": one of reached, not_reached, no_show, none`},
		"an unknown rating":         {`{"deal":"d","at":"2026-01-05T10:00:00Z","rating":"Great"}`, `rating: unknown rating "Great": did you mean "great"?`},
		"an empty rating":           {`{"deal":"d","at":"2026-01-05T10:00:00Z","rating":""}`, `rating: unknown rating "": one of great, good, fair, poor`},
		"both":                      {`{"deal":"d","at":"2026-01-05T10:00:00Z","commitments":[{"commitment":"a","other":"b"}]}`, `commitments[0] has both "commitment" and "other": it is about one of them`},
		"neither":                   {`{"deal":"d","at":"2026-01-05T10:00:00Z","commitments":[{"by":"buyer"}]}`, `commitments[0] has neither "commitment" nor "other"`},
		"a pause without an end":    {`{"deal":"d","at":"2026-01-05T10:00:00Z","pause":{"reason":"r"}}`, `"pause" has no "until"`},
		"a word for a list":         {`{"deal":"d","at":"2026-01-05T10:00:00Z","asked":"a"}`, `asked has to be a list, and this is a text`},
		"a list for a word":         {`{"deal":["d"],"at":"2026-01-05T10:00:00Z"}`, `deal has to be a text, and this is a list`},
		"a word for a number":       {`{"deal":"d","revision":"1","at":"2026-01-05T10:00:00Z"}`, `revision has to be a whole number, and this is a text`},
		"a list":                    {`[{"deal":"d"}]`, `a record is a JSON object, {"deal": ...}, one a line`},
		"a word":                    {`hello`, `a record is a JSON object, {"deal": ...}, one a line`},
		"null":                      {`null`, `"deal" is missing`},
		"half a record":             {`{"deal":"d","at":`, `the JSON ends too early: a record is one object on one line`},
		"two records":               {`{"deal":"d","at":"2026-01-05T10:00:00Z"} {"deal":"e"}`, `no JSON at column 42: `},
		"invalid UTF-8":             {"{\"deal\":\"\xff\",\"at\":\"2026-01-05T10:00:00Z\"}", `no JSON at column 10: invalid UTF-8`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			_, err := outcome.DecodeCall([]byte(tt.record))
			var bad *outcome.RecordError
			require.ErrorAs(t, err, &bad)
			if strings.HasSuffix(tt.reason, ": ") || strings.HasPrefix(tt.reason, "no JSON") {
				assert.Contains(t, bad.Reason, tt.reason)
			} else {
				assert.Equal(t, tt.reason, bad.Reason)
			}
			assert.Equal(t, "error: "+bad.Reason+" [bad_record]", err.Error())
		})
	}
}

func TestDecodeDeal(t *testing.T) {
	d, err := outcome.DecodeDeal([]byte(`{"deal":"D-1042","name":"Acme","opened":"2026-01-05T09:00:00Z","stage":"discovery","amount":48000.5,
	  "currency":"EUR","owner":"ana","close_date":"2026-12-18","claimed":"proposal","x_crm":"7"}`))
	require.NoError(t, err)
	amount := 48000.5
	assert.Equal(t, outcome.Deal{
		Deal: "D-1042", Name: "Acme", Opened: time.Date(2026, 1, 5, 9, 0, 0, 0, time.UTC), Stage: "discovery", Amount: &amount,
		Currency: "EUR", Owner: "ana", CloseDate: outcome.On(2026, 12, 18), Claimed: "proposal",
	}, d)

	for record, reason := range map[string]string{
		`{}`:                         `"deal" is missing`,
		`{"deal":"d","amont":1}`:     `unknown field "amont": did you mean "amount"?`,
		`{"deal":"d","amount":"1"}`:  `amount has to be a number, and this is a text`,
		`{"deal":"d","opened":"no"}`: `opened: "no" is no time: write it as 2026-11-05T15:00:00Z or with an offset such as +01:00`,
	} {
		_, err := outcome.DecodeDeal([]byte(record))
		var bad *outcome.RecordError
		require.ErrorAs(t, err, &bad, record)
		assert.Equal(t, reason, bad.Reason)
	}
}

func TestReadCalls(t *testing.T) {
	good := `{"deal":"d","id":"1","at":"2026-01-05T10:00:00Z"}`
	long := `{"deal":"d","id":"long","at":"2026-01-05T10:00:00Z","notes":"` + strings.Repeat("n", 100_000) + `"}`
	tooLong := `{"deal":"d","notes":"` + strings.Repeat("n", outcome.MaxRecord) + `"}`
	text := "\ufeff" + good + "\r\n\n  \n" + `{"deal":1}` + "\n" + tooLong + "\n" + long + "\n" + good // no line feed at the end
	var got []string
	for r, err := range outcome.ReadCalls("calls.jsonl", strings.NewReader(text)) {
		switch {
		case err != nil:
			got = append(got, err.Error())
		default:
			got = append(got, string(r.Value.ID))
			assert.Equal(t, "calls.jsonl", r.File)
		}
	}
	assert.Equal(t, []string{
		"1",
		"calls.jsonl:4: error: deal has to be a text, and this is a number [bad_record]",
		"calls.jsonl:5: error: a record of more than 1048576 bytes, the limit [bad_record]",
		"long", "1",
	}, got)

	for r := range outcome.ReadCalls("f", strings.NewReader(good+"\n"+good)) {
		assert.Equal(t, 1, r.Line)
		break // a reader that is left early stops
	}

	broken := io.MultiReader(strings.NewReader(good+"\n"), iotest.ErrReader(errors.New("the disk is gone")))
	var last error
	for _, err := range outcome.ReadCalls("f", broken) {
		last = err
	}
	assert.EqualError(t, last, "reading f: the disk is gone")
}

func TestIdentify(t *testing.T) {
	decode := func(record string) outcome.Call {
		c, err := outcome.DecodeCall([]byte(record))
		require.NoError(t, err)
		return c
	}
	first := decode(`{"deal":"d","at":"2026-01-05T10:00:00Z","commitments":[{"other":"a"},{"other":"b","people":[{"name":"x"},{"name":"y"}]}]}`)
	assert.Equal(t, outcome.CallID("7f16a99d-7fbe-591d-90d6-ed91cc121e65"), first.ID, "an id that was once given stays")
	for name, same := range map[string]string{
		"in another zone":     `{"deal":"d","at":"2026-01-05T11:00:00+01:00","commitments":[{"other":"a"},{"other":"b","people":[{"name":"x"},{"name":"y"}]}]}`,
		"with the defaults":   `{"contact":"reached","revision":0,"deal":"d","at":"2026-01-05T10:00:00.000Z","commitments":[{"other":"a","by":"unknown","status":"given"},{"other":"b","people":[{"name":"x"},{"name":"y"}]}]}`,
		"in another order":    `{"commitments":[{"people":[{"name":"y"},{"name":"x"}],"other":"b"},{"other":"a"}],"at":"2026-01-05T10:00:00Z","deal":"d"}`,
		"with free fields":    `{"x_a":1,"deal":"d","at":"2026-01-05T10:00:00Z","commitments":[{"other":"a"},{"other":"b","people":[{"name":"x"},{"name":"y"}]}]}`,
		"with another number": `{"revision":3,"deal":"d","at":"2026-01-05T10:00:00Z","commitments":[{"other":"a"},{"other":"b","people":[{"name":"x"},{"name":"y"}]}]}`,
	} {
		assert.Equal(t, first.ID, decode(same).ID, name)
	}
	assert.NotEqual(t, first.ID, decode(`{"deal":"d","at":"2026-01-05T10:00:00Z","commitments":[{"other":"a"},{"other":"c","people":[{"name":"x"},{"name":"y"}]}]}`).ID)
	assert.Equal(t, outcome.CallID("mine"), decode(`{"id":"mine","deal":"d","at":"2026-01-05T10:00:00Z"}`).ID)
}

func FuzzDecodeCall(f *testing.F) {
	f.Add([]byte(`{"id":"c","deal":"d","at":"2026-01-05T10:00:00Z","x_a":{"b":[1]},"commitments":[{"commitment":"a","due":"2026-01-06"}]}`))
	f.Add([]byte(`{"deal":"d","at":"9999-12-31T23:59:59Z","pause":{"until":"9999-12-31"},"no_sale":{}}`))
	f.Add([]byte(`{"x_":`))
	f.Fuzz(func(t *testing.T, record []byte) {
		c, err := outcome.DecodeCall(record)
		var bad *outcome.RecordError
		if err != nil {
			require.ErrorAs(t, err, &bad)
			return
		}
		// What could be read can be written, and reads the same again.
		again, err := outcome.DecodeCall(asJSON(t, c))
		require.NoError(t, err)
		require.Equal(t, asJSON(t, c), asJSON(t, again))
		require.NotEmpty(t, c.ID)
	})
}
