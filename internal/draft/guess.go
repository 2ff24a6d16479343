package draft

import (
	"path/filepath"
	"strings"

	"github.com/advance-sales/advance/crm"
	"github.com/advance-sales/advance/internal/profile"
)

// Guess is what a table seems to be.
type Guess struct {
	Table  *profile.Table
	Role   crm.Role          // empty where it is nothing that a mapping reads
	System string            // the built-in mapping that may fit; empty where none does
	Fields map[string]string // the paths of what the mapping reads, by their keys
}

// Of guesses what a table is.
func Of(t *profile.Table) Guess {
	f := newFinder(t)
	g := Guess{Table: t, System: system(f)}
	best := 0
	for _, role := range []crm.Role{crm.RoleDeals, crm.RoleHistory, crm.RoleActivities, crm.RoleLinks, crm.RoleContacts} {
		fields := fieldsOf(role, f)
		score := scoreOf(role, fields, t)
		if score > best {
			best, g.Role, g.Fields = score, role, fields
		}
	}
	g.complete()
	if g.Role == crm.RoleHistory && g.Fields["to"] == "" && g.Fields["stage"] == "" {
		g.Fields["to"] = "value" // of whatever a column names, or of the one thing that the table is about
		if t.Column("name") != nil {
			g.Fields["change"] = "name"
		}
	}
	return g
}

// keysOf are what is looked for in the table of a role, with the names that it
// may have.
func keysOf(role crm.Role) map[string][]string {
	switch role {
	case crm.RoleDeals:
		return map[string][]string{
			"id": dealIDs, "name": dealNames, "stage": stages, "status": statuses, "amount": amounts, "currency": currencies,
			"owner": owners, "created": created, "closed": closes, "close_date": closeDates,
		}
	case crm.RoleActivities:
		return map[string][]string{
			"id": activityIDs, "deal": dealRefs, "at": times, "until": untils, "kind": kinds, "outcome": outcomes,
			"people": people, "rep": owners, "notes": bodies,
		}
	case crm.RoleHistory:
		return map[string][]string{
			"id": moveIDs, "deal": dealRefs, "at": moveTimes, "from": froms, "to": tos, "change": changes, "stage": stages, "close_date": closeDates,
		}
	case crm.RoleContacts:
		return map[string][]string{"id": contactIDs, "deal": dealRefs[:2], "name": names, "role": roles}
	}
	return map[string][]string{"activity": activityIDs[:7], "deal": dealRefs[:2], "contact": contactRefs, "at": times}
}

func fieldsOf(role crm.Role, f *finder) map[string]string {
	fields := map[string]string{}
	for key, names := range keysOf(role) {
		if path := f.find(names); path != "" {
			fields[key] = path
		}
	}
	for key, what := range map[string]string{"deal": "deals", "people": "contacts"} {
		if path := f.associated(what); role == crm.RoleActivities && path != "" {
			fields[key] = path
		}
	}
	return fields
}

// about are words in the names of files.
var about = map[crm.Role][]string{
	crm.RoleDeals:      {"deal", "opportunit", "opp"},
	crm.RoleActivities: {"activit", "engagement", "call", "meeting", "task", "event", "email"},
	crm.RoleHistory:    {"history", "transition", "move", "stage", "flow", "changes"},
	crm.RoleContacts:   {"contact", "people", "person"},
	crm.RoleLinks:      {"link", "association"},
}

// scoreOf says how much a table is like one of a role; 0 where it lacks what
// such a table is for.
func scoreOf(role crm.Role, fields map[string]string, t *profile.Table) int {
	has := func(keys ...string) bool {
		for _, k := range keys {
			if fields[k] == "" {
				return false
			}
		}
		return true
	}
	either := func(a, b string) bool { return has(a) || has(b) }
	filled := 0
	for _, c := range t.Columns {
		if !c.Empty() || t.Rows == 0 {
			filled++
		}
	}
	score := 0
	switch role {
	case crm.RoleDeals:
		if (either("id", "name") || has("created")) && has("stage") && (has("amount") || either("closed", "close_date")) ||
			has("id", "name") && named(t, role) && either("amount", "created") {
			score = 6
		}
	case crm.RoleHistory:
		switch {
		case !has("at") || fields["deal"] == fields["at"]:
		case has("deal", "from", "to"):
			score = 9
		case has("deal", "to", "at"):
			score = 7
		case named(t, role) && (has("deal") || has("id")) && (has("stage") || t.Column("value") != nil):
			score = 7
		}
	case crm.RoleActivities:
		own := has("id") && fold(fields["id"]) != "id"
		if has("at") && (has("kind") || has("outcome") || has("until") || named(t, role)) && (has("deal") || own || has("id") && named(t, role)) {
			score = 4
			if has("deal") {
				score++
			}
		}
	case crm.RoleLinks:
		if has("activity") && either("deal", "contact") && !has("at") && filled <= 7 {
			score = 6
		}
	case crm.RoleContacts:
		if has("id") && either("name", "role") && (strings.HasPrefix(fold(fields["id"]), "contact") || strings.HasPrefix(fold(fields["id"]), "person") || named(t, role)) {
			score = 5
		}
	}
	if score > 0 && named(t, role) {
		score += 2
	}
	return score
}

// named reports whether the name of the file speaks of a role.
func named(t *profile.Table, role crm.Role) bool {
	name := strings.ToLower(filepath.Base(t.File))
	for _, word := range about[role] {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

// system recognises the CRM that a table is from by columns that only it has.
func system(f *finder) string {
	for _, s := range []struct {
		name    string
		columns [][]string // any of these lists has to be there as a whole
	}{
		{"hubspot", [][]string{
			{"properties.dealname"},
			{"properties.dealstage"},
			{"properties.hs_timestamp"},
			{"hs_timestamp"},
			{"dealstage", "dealname"},
			{"property_dealname"},
			{"deal_pipeline_stage_id"},
			{"engagement_id"},
			{"property_hs_timestamp"},
		}},
		{"salesforce", [][]string{
			{"attributes.type", "Id"}, {"StageName"}, {"WhatId"}, {"OpportunityId"}, {"stage_name", "forecast_category"}, {"what_id", "who_id"},
		}},
		{"pipedrive", [][]string{
			{"stage_change_time"}, {"add_time", "stage_id"}, {"marked_as_done_time"}, {"due_date", "deal_id", "done"},
		}},
	} {
		for _, columns := range s.columns {
			if f.has(columns...) {
				return s.name
			}
		}
	}
	return ""
}
