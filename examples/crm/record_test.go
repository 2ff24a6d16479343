package main

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
)

// What the form says becomes a call record, and nothing of what we promised
// becomes a promise of the buyer.
func TestReadCall(t *testing.T) {
	tests := []struct {
		name, form, want string
	}{
		{
			"a voicemail", "kind=cold_call&at=2026-11-02T10:30&channel=phone&contact=not_reached&0.commitment=first_meeting&0.status=&seller=&seller.due=",
			`{"deal":"","at":"2026-11-02T10:30:00+01:00","kind":"cold_call","channel":"phone","contact":"not_reached"}`,
		},
		{
			"an advance", "at=2026-11-02T10:30&contact=reached&asked=first_meeting&asked=referral&0.commitment=first_meeting&0.status=given&0.due=2026-11-05" +
				"&0.person=J.+Ortiz&0.role=champion&0.person=+&0.role=legal&0.evidence=calendar&0.evidence=email&0.note=by+car&1.commitment=referral&1.status=declined",
			`{"deal":"","at":"2026-11-02T10:30:00+01:00","asked":["first_meeting","referral"],"commitments":[
			{"commitment":"first_meeting","by":"buyer","due":"2026-11-05","people":[{"name":"J. Ortiz","role":"champion"}],"evidence":["calendar","email"],"note":"by car"},
			{"commitment":"referral","by":"buyer","status":"declined"}]}`,
		},
		{
			"a pleasant conversation", "at=2026-11-02T10:30&contact=reached&30.other=call+me+in+two+quarters&30.status=deferred&seller=call+again&seller.due=2027-04-01&seller=+&activity=demo&rating=great&notes=nice",
			`{"deal":"","at":"2026-11-02T10:30:00+01:00","commitments":[{"other":"call me in two quarters","by":"buyer","status":"deferred"},
			{"other":"call again","by":"seller","due":"2027-04-01"}],"activities":["demo"],"rating":"great","notes":"nice"}`,
		},
		{
			"the end of it", "at=2026-11-02T10:30&contact=reached&lost=no_decision&reason=no_budget",
			`{"deal":"","at":"2026-11-02T10:30:00+01:00","no_sale":{"by":"buyer","reason":"no_budget","stage":"no_decision"}}`,
		},
		{
			"a pause", "at=2026-11-02T10:30&contact=reached&pause=2027-01-10&pause.reason=merger",
			`{"deal":"","at":"2026-11-02T10:30:00+01:00","pause":{"until":"2027-01-10","reason":"merger"}}`,
		},
	}
	zone, err := time.LoadLocation("Europe/Berlin")
	require.NoError(t, err)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			form, err := url.ParseQuery(tt.form)
			require.NoError(t, err)
			call, err := readCall(form, zone)
			require.NoError(t, err)
			text, err := json.Marshal(call)
			require.NoError(t, err)
			assert.JSONEq(t, tt.want, string(text))
		})
	}
}

// Whatever a form says, what we promised stays ours.
func FuzzReadCall(f *testing.F) {
	f.Add("at=2026-11-02T10:30&contact=reached&0.commitment=a&0.status=given&0.due=2026-11-05&seller=x&seller.due=2027-04-01")
	f.Add("at=0000-01-01T00:00&contact=none&31.other=%00&31.status=kept&pause=9999-12-31&lost=x&seller=+&seller=y")
	f.Fuzz(func(t *testing.T, text string) {
		form, err := url.ParseQuery(text)
		if err != nil {
			return
		}
		call, err := readCall(form, time.UTC)
		if err != nil {
			return
		}
		ours := 0
		for _, what := range form["seller"] {
			if strings.TrimSpace(what) != "" {
				ours++
			}
		}
		for _, e := range call.Commitments {
			if e.By == commitment.Seller {
				ours--
			} else {
				assert.Equal(t, commitment.Buyer, e.By)
			}
		}
		assert.Zero(t, ours)
	})
}
