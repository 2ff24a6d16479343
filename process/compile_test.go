package process

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/commitment"
	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/finding"
)

const day = 24 * time.Hour

func TestInheritRequirements(t *testing.T) {
	yes, no, two, none := new(true), new(false), new(2), new(0)
	champion := &commitment.Need{All: []string{"champion"}}
	mail := &commitment.Need{Any: []string{"email", "calendar"}}
	nothing := &commitment.Need{All: []string{}}
	type requires = commitment.Requirements
	for _, c := range []struct {
		name           string
		own, inherited requires
		want           commitment.Requirement
	}{
		{"dated unless written otherwise", requires{}, requires{}, commitment.Requirement{Dated: true, Within: -1}},
		{"dated inherited", requires{}, requires{Dated: no}, commitment.Requirement{Within: -1}},
		{"own dated wins", requires{Dated: yes}, requires{Dated: no}, commitment.Requirement{Dated: true, Within: -1}},
		{"own undated wins", requires{Dated: no}, requires{Dated: yes}, commitment.Requirement{Within: -1}},
		{"within inherited", requires{}, requires{Within: "7d"}, commitment.Requirement{Dated: true, Within: 7 * day}},
		{"own within wins", requires{Within: "1w"}, requires{Within: "30d"}, commitment.Requirement{Dated: true, Within: 7 * day}},
		{"own within implies dated", requires{Within: "1w"}, requires{Dated: no}, commitment.Requirement{Dated: true, Within: 7 * day}},
		{"within switched off", requires{Within: "none"}, requires{Within: "30d"}, commitment.Requirement{Dated: true, Within: -1}},
		{"undated drops within", requires{Dated: no}, requires{Within: "30d"}, commitment.Requirement{Within: -1}},
		{"people inherited", requires{}, requires{People: two}, commitment.Requirement{Dated: true, Within: -1, People: 2}},
		{"own people win, none too", requires{People: none}, requires{People: two}, commitment.Requirement{Dated: true, Within: -1}},
		{"roles inherited", requires{}, requires{Roles: champion}, commitment.Requirement{Dated: true, Within: -1, Roles: *champion}},
		{"own roles win, none too", requires{Roles: nothing}, requires{Roles: champion}, commitment.Requirement{Dated: true, Within: -1, Roles: *nothing}},
		{"evidence inherited", requires{}, requires{Evidence: mail}, commitment.Requirement{Dated: true, Within: -1, Evidence: *mail}},
		{"each key by itself", requires{Within: "7d"}, requires{People: two, Evidence: mail}, commitment.Requirement{Dated: true, Within: 7 * day, People: 2, Evidence: *mail}},
	} {
		t.Run(c.name, func(t *testing.T) {
			def := minimal(t)
			def.Defaults.Requires = c.inherited
			def.Commitments[0].Requires = c.own
			p := compiled(t, def)
			r, ok := p.Rung(def.Commitments[0].ID)
			require.True(t, ok)
			assert.Equal(t, c.want, *p.Commitment(r).Require())
		})
	}
}

func TestInheritDurations(t *testing.T) {
	for _, c := range []struct {
		own, inherited string
		want           time.Duration
		lapses         bool
	}{
		{"", "", -1, false},
		{"", "30d", 30 * day, true},
		{"7d", "30d", 7 * day, true},
		{"none", "30d", -1, false},
		{"", "none", -1, false},
		{"1d12h", "none", 36 * time.Hour, true},
		{"0d", "30d", 0, true},
	} {
		def := minimal(t)
		def.Defaults.LapsesAfter = duration(c.inherited)
		def.Commitments[0].LapsesAfter = duration(c.own)
		got, lapses := compiled(t, def).Commitment(0).LapsesAfter()
		assert.Equal(t, c.lapses, lapses, "%+v", c)
		if lapses {
			assert.Equal(t, c.want, got, "%+v", c)
		}
	}
}

func TestInheritStallLimit(t *testing.T) {
	limit := func(calls int, time string) StallLimit {
		l := StallLimit{Time: duration(time)}
		if calls > 0 {
			l.Calls = new(calls)
		}
		return l
	}
	off := StallLimit{Off: true}
	for _, c := range []struct {
		name           string
		own, inherited StallLimit
		want           StallAfter
	}{
		{"nothing", StallLimit{}, StallLimit{}, StallAfter{0, -1}},
		{"inherited", StallLimit{}, limit(3, "30d"), StallAfter{3, 30 * day}},
		{"own calls, inherited time", limit(4, ""), limit(3, "30d"), StallAfter{4, 30 * day}},
		{"own time, inherited calls", limit(0, "21d"), limit(3, "30d"), StallAfter{3, 21 * day}},
		{"both own", limit(4, "21d"), limit(3, "30d"), StallAfter{4, 21 * day}},
		{"time switched off", limit(0, "none"), limit(3, "30d"), StallAfter{3, -1}},
		{"all switched off", off, limit(3, "30d"), StallAfter{0, -1}},
		{"off by default", StallLimit{}, off, StallAfter{0, -1}},
		{"off by default, on here", limit(2, ""), off, StallAfter{2, -1}},
	} {
		t.Run(c.name, func(t *testing.T) {
			def := minimal(t)
			def.Defaults.StallsAfter, def.Stages[0].StallsAfter = c.inherited, c.own
			assert.Equal(t, c.want, compiled(t, def).Stage(0).Stalls())
		})
	}
}

func TestInheritGate(t *testing.T) {
	for _, c := range []struct {
		own, inherited Gate
		hard           bool
	}{{"", "", false}, {"", Hard, true}, {Soft, Hard, false}, {Hard, Soft, true}, {Hard, "", true}, {"", Soft, false}} {
		def := minimal(t)
		def.Defaults.Gate, def.Stages[0].Gate = c.inherited, c.own
		assert.Equal(t, c.hard, compiled(t, def).Stage(0).Hard(), "%+v", c)
	}
}

func TestCompiledOrder(t *testing.T) {
	p := compiled(t, everyKey(t))
	var rungs, stages, kinds []string
	for c := range p.Commitments() {
		rungs = append(rungs, fmt.Sprintf("%d %s %s.%d", c.Rung(), c.ID(), p.Stage(c.Stage()).ID(), c.Step()))
	}
	for s := range p.Stages() {
		stages = append(stages, fmt.Sprintf("%d %s %s", s.Index(), s.ID(), s.Closes()))
	}
	for k := range p.Kinds() {
		kinds = append(kinds, string(k.ID()))
	}
	assert.Equal(t, []string{
		"0 referral target.1", "1 first_meeting target.2", "2 share_data discovery.1", "3 pilot discovery.2", "4 kickoff won.1",
	}, rungs)
	assert.Equal(t, []string{"0 target ", "1 discovery ", "2 wait ", "3 won won", "4 lost lost", "5 unqualified lost"}, stages)
	assert.Equal(t, []string{"cold_call", "discovery"}, kinds)
	assert.Equal(t, 3, p.Won())
	assert.Equal(t, 4, p.FirstLost())
	assert.Equal(t, "Europe/Berlin", p.Zone().String())

	renamed, ok := p.Rung("intro")
	require.True(t, ok, "the id that it was renamed from")
	assert.Equal(t, commitment.ID("first_meeting"), p.Commitment(renamed).ID())
	_, ok = p.Rung("nobody")
	assert.False(t, ok)
	_, ok = p.StageByID("nobody")
	assert.False(t, ok)

	cold, ok := p.Kind("cold_call")
	require.True(t, ok)
	assert.True(t, cold.BelongsTo(0))
	assert.False(t, cold.BelongsTo(1))
	assert.True(t, cold.Excludes("demo"))
	assert.False(t, cold.Excludes("pricing"))
	other, _ := p.Kind("discovery")
	assert.True(t, other.BelongsTo(1), "without stages it belongs anywhere")
	assert.Equal(t, "Discovery", other.Name(), "a name from the id")

	assert.Equal(t, diagnostic.Info, p.Severity(finding.HappyEars))
	assert.Equal(t, diagnostic.Error, p.Severity(finding.Gap))
	assert.Equal(t, finding.Stalled.Default(), p.Severity(finding.Stalled))
	assert.True(t, p.KnowsRole("champion") && !p.KnowsRole("janitor"))
	assert.True(t, p.KnowsEvidence("email") && p.KnowsEvidence("slack_channel") && !p.KnowsEvidence("rumour"))
	assert.True(t, p.KnowsReason("budget") && !p.KnowsReason("weather"))
	free := compiled(t, minimal(t))
	assert.True(t, free.KnowsRole("janitor") && free.KnowsReason("weather"), "without a vocabulary any word will do")
}

// TestWonStageInTheMiddle holds that lost stages are off the path wherever they
// stand in the document.
func TestLostStagesAreOffThePath(t *testing.T) {
	def := minimal(t)
	def.Stages = append([]Stage{{ID: "early", Closes: ClosesLost}}, def.Stages...)
	p := compiled(t, def)
	var ids []StageID
	for s := range p.Stages() {
		ids = append(ids, s.ID())
	}
	assert.Equal(t, []StageID{"one", "won", "early", "lost"}, ids)
}

// TestImmutable holds that a process keeps nothing of the definition that it
// was compiled from, and hands out nothing through which it could be changed.
func TestImmutable(t *testing.T) {
	def := everyKey(t)
	p := compiled(t, def)
	print := func() string {
		text, err := json.Marshal(p.Definition())
		require.NoError(t, err)
		return string(text) + compiled(t, p.Definition()).Ref().Fingerprint
	}
	before := print()
	spoil := func(d *Definition) {
		d.ID, d.Name = "spoilt", "Spoilt"
		d.Roles[0], d.EvidenceKinds[0], d.LossReasons[0] = "spoilt", "spoilt", "spoilt"
		d.Findings["happy_ears"] = diagnostic.Error
		*d.Defaults.Requires.Dated = false
		*d.Defaults.Requires.People = 9
		d.Defaults.Requires.Roles.All[0] = "spoilt"
		*d.Defaults.StallsAfter.Calls = 9
		for i := range d.Commitments {
			c := &d.Commitments[i]
			c.Name = "Spoilt"
			if c.Requires.Evidence != nil && len(c.Requires.Evidence.Any) > 0 {
				c.Requires.Evidence.Any[0] = "spoilt"
			}
			if len(c.Allow) > 0 {
				c.Allow[0] = "spoilt"
			}
		}
		for i := range d.CallKinds {
			k := &d.CallKinds[i]
			k.Fallbacks[0] = "spoilt"
			if len(k.Keeps) > 0 {
				k.Keeps[0] = "spoilt"
			}
			if len(k.Stages) > 0 {
				k.Stages[0], k.NotFor[0] = "spoilt", "spoilt"
			}
		}
		*d.Stages[0].Probability = 99
		*d.Stages[0].StallsAfter.Calls = 9
		d.Stages[0].Ladder[0] = "spoilt"
		d.Stages[1].Exit[1].Any[0] = Held("spoilt")
		d.Stages[1].Exit[2].Of[0] = Held("spoilt")
		d.Stages[1].Exit[0] = Criterion{}
		delete(d.Extensions, "")
	}
	spoil(&def)
	assert.Equal(t, before, print(), "through the definition that it was compiled from")
	handed := p.Definition()
	spoil(&handed)
	assert.Equal(t, before, print(), "through the definition that it handed out")
	criteria := p.Stage(1).Criteria()
	criteria[1].Any[0] = Held("spoilt")
	kind, _ := p.Kind("cold_call")
	kind.NotFor()[0] = "spoilt"
	assert.Equal(t, before, print(), "through its parts")
}

// TestFingerprint holds that the fingerprint changes with every change of
// meaning and with no other.
func TestFingerprint(t *testing.T) {
	base := compiled(t, everyKey(t)).Ref().Fingerprint
	require.Len(t, base, 16)
	change := func(f func(d *Definition)) string {
		def := everyKey(t)
		f(&def)
		return compiled(t, def).Ref().Fingerprint
	}
	commitmentOf := func(d *Definition, id commitment.ID) *commitment.Definition {
		i := slices.IndexFunc(d.Commitments, func(c commitment.Definition) bool { return c.ID == id })
		return &d.Commitments[i]
	}
	meaning := map[string]func(d *Definition){
		"time zone": func(d *Definition) { d.TimeZone = "Asia/Tokyo" },
		"dated":     func(d *Definition) { *commitmentOf(d, "referral").Requires.Dated = true },
		"within":    func(d *Definition) { commitmentOf(d, "first_meeting").Requires.Within = "20d" },
		"people":    func(d *Definition) { *commitmentOf(d, "first_meeting").Requires.People = 2 },
		"roles":     func(d *Definition) { commitmentOf(d, "first_meeting").Requires.Roles.All[0] = "champion" },
		"roles: any for all": func(d *Definition) {
			commitmentOf(d, "share_data").Requires.Roles = &commitment.Need{All: []string{"champion", "user_buyer"}}
		},
		"evidence":              func(d *Definition) { commitmentOf(d, "share_data").Requires.Evidence.All[0] = "document" },
		"lapses":                func(d *Definition) { commitmentOf(d, "kickoff").LapsesAfter = "1d" },
		"lapses no more":        func(d *Definition) { commitmentOf(d, "kickoff").LapsesAfter = "none" },
		"renamed":               func(d *Definition) { commitmentOf(d, "first_meeting").RenamedFrom = "intros" },
		"default within":        func(d *Definition) { d.Defaults.Requires.Within = "29d" },
		"default people":        func(d *Definition) { *d.Defaults.Requires.People = 2 },
		"default lapse":         func(d *Definition) { d.Defaults.LapsesAfter = "29d" },
		"default stall calls":   func(d *Definition) { *d.Defaults.StallsAfter.Calls = 4 },
		"default stall time":    func(d *Definition) { d.Defaults.StallsAfter.Time = "31d" },
		"default gate":          func(d *Definition) { d.Defaults.Gate = Hard },
		"gate":                  func(d *Definition) { d.Stages[0].Gate = Hard },
		"stalls":                func(d *Definition) { d.Stages[0].StallsAfter.Time = "22d" },
		"stalls never":          func(d *Definition) { d.Stages[0].StallsAfter = StallLimit{Off: true} },
		"order of a ladder":     func(d *Definition) { slices.Reverse(d.Stages[1].Ladder) },
		"a rung elsewhere":      func(d *Definition) { d.Stages[3].Ladder = nil; d.Stages[2].Ladder = []commitment.ID{"kickoff"} },
		"exit: held for kept":   func(d *Definition) { d.Stages[1].Exit[0] = Criterion{Item: Held("share_data")} },
		"exit: kept in any":     func(d *Definition) { d.Stages[1].Exit[1].Any[0] = Kept("share_data") },
		"exit: one more in any": func(d *Definition) { d.Stages[1].Exit[1].Any = append(d.Stages[1].Exit[1].Any, Held("pilot")) },
		"exit: n":               func(d *Definition) { d.Stages[1].Exit[2].AtLeast = 2 },
		"exit: one less":        func(d *Definition) { d.Stages[1].Exit = d.Stages[1].Exit[:2] },
		"id of a stage":         func(d *Definition) { d.Stages[2].ID = "waiting" },
		"a lost stage less":     func(d *Definition) { d.Stages = d.Stages[:5] },
		"lost stages in turn":   func(d *Definition) { d.Stages[4].ID, d.Stages[5].ID = d.Stages[5].ID, d.Stages[4].ID },
		"outcome of a kind":     func(d *Definition) { d.CallKinds[0].Outcome = "referral" },
		"a kind keeps":          func(d *Definition) { d.CallKinds[0].Keeps = []commitment.ID{"referral"} },
		"a kind less":           func(d *Definition) { d.CallKinds = d.CallKinds[:1] },
	}
	seen := map[string]string{base: "the process as it is"}
	for name, f := range meaning {
		got := change(f)
		assert.Empty(t, seen[got], "%s changes nothing", name)
		seen[got] = name
	}
	texts := map[string]func(d *Definition){
		"nothing":     func(*Definition) {},
		"id":          func(d *Definition) { d.ID = "other" },
		"version":     func(d *Definition) { d.Version = 9 },
		"name":        func(d *Definition) { d.Name = "Other" },
		"description": func(d *Definition) { d.Description = "Other" },
		"review":      func(d *Definition) { d.Reviewed, d.ReviewEvery = "2026-07-01", "9d" },
		"severities":  func(d *Definition) { d.Findings = nil },
		"reasons":     func(d *Definition) { d.LossReasons = nil },
		"extensions":  func(d *Definition) { d.Extensions = nil },
		"texts of commitments": func(d *Definition) {
			d.Commitments[0].Name, d.Commitments[0].Ask, d.Commitments[0].Allow = "Other", "Other", []string{"no_ask"}
		},
		"order of commitments": func(d *Definition) { slices.Reverse(d.Commitments) },
		"order of kinds":       func(d *Definition) { slices.Reverse(d.CallKinds) },
		"texts of kinds":       func(d *Definition) { d.CallKinds[0].Name, d.CallKinds[0].Refocus = "Other", "Other" },
		"texts of stages": func(d *Definition) {
			d.Stages[0].Name, d.Stages[0].Forecast, *d.Stages[0].Probability = "Other", "commit", 50
		},
		"the same duration":  func(d *Definition) { commitmentOf(d, "first_meeting").LapsesAfter = "1w" },
		"what is inherited":  func(d *Definition) { commitmentOf(d, "share_data").LapsesAfter = "30d" },
		"order within any":   func(d *Definition) { slices.Reverse(d.Stages[1].Exit[1].Any) },
		"item as any of one": func(d *Definition) { d.Stages[0].Exit = []Criterion{{Any: []Item{Held("first_meeting")}}} },
	}
	for name, f := range texts {
		assert.Equal(t, base, change(f), "%s changes the meaning", name)
	}
}
