package draft

import (
	"slices"
	"strings"
	"unicode"

	"github.com/advance-sales/advance/internal/profile"
)

// The names that CRMs and spreadsheets give to what a mapping reads, folded by
// fold, the likeliest first. Those of HubSpot, Salesforce and Pipedrive are
// from their documentation; the others are what they are called in words.
var (
	dealRefs    = []string{"dealid", "opportunityid", "dealids", "deal", "opportunity", "deallinked", "whatid", "dealname", "opportunityname", "relateddeal", "dealno", "dealnr", "dealnumber", "dealref", "dealkey", "dealuid", "oppid", "opportunityno", "opportunitynumber", "opp", "opportunityref"}
	dealIDs     = []string{"dealid", "opportunityid", "recordid", "objectid", "id", "idc", "18characteropportunityid", "deal", "dealno", "dealnr", "dealnumber", "dealref", "dealkey", "dealuid", "oppid", "opportunityno", "opportunitynumber", "opportunity", "no", "nr", "number", "key", "ref", "reference", "uid", "uuid"}
	dealNames   = []string{"dealname", "opportunityname", "dealtitle", "name", "title", "companyname", "accountname", "company", "customer", "client", "account"}
	stages      = []string{"dealstage", "stagename", "stage", "dealstagename", "stagelabel", "dealpipelinestageid", "stageid", "pipelinestage", "salesstage", "phase", "currentstage", "currentphase", "stepname", "pipelinestep"}
	statuses    = []string{"status", "dealstatus", "outcome", "result", "state", "dealstate", "wonlost", "openclosed"}
	amounts     = []string{"amount", "dealvalue", "dealamount", "value", "acv", "arr", "tcv", "revenue", "price", "amounteur", "amountusd", "expectedrevenue", "total", "totalvalue", "contractvalue", "valueeur", "valueusd", "size", "dealsize", "worth"}
	currencies  = []string{"currency", "currencycode", "currencyisocode", "dealcurrencycode"}
	owners      = []string{"owner", "dealowner", "opportunityowner", "ownername", "ownerrep", "repname", "salesrep", "rep", "ownerid", "userid", "assignedto", "seller", "salesperson", "accountexecutive", "ae", "responsible", "accountmanager", "dealrep"}
	created     = []string{"createdate", "createddate", "createdat", "created", "addtime", "createdon", "creationdate", "datecreated", "creation", "opened", "openedat", "openedon", "opendate", "dateopened", "dealcreated", "createtime", "createdtime", "creationtime"}
	closes      = []string{"closedate", "closeddate", "closedat", "wontime", "closetime", "actualclosedate", "closed", "closedon", "dateclosed", "closedtime", "closingdate", "wonlostdate", "endedat", "endedon"}
	closeDates  = []string{"expectedclosedate", "closedate", "expectedclose", "estimatedclosedate", "expectedclosing", "plannedclose", "plannedclosedate", "forecastclosedate", "targetclosedate", "closeforecast", "expectedon"}
	activityIDs = []string{"activityid", "engagementid", "callid", "meetingid", "taskid", "eventid", "emailid", "recordid", "objectid", "id", "activity", "activityno", "activitynr", "activitynumber", "actid", "no", "nr", "number", "key", "uid", "uuid", "ref"}
	times       = []string{"timestamp", "starttime", "meetingstarttime", "startdatetime", "activitydatetime", "activitydate", "meetingdate", "calldate", "activitytime", "occurredat", "at", "date", "duedate", "when", "createdate", "createddate", "createdat", "start", "startedat", "startat", "startdate", "datetime", "heldon", "heldat", "happenedat", "happenedon", "loggedat", "loggedon", "eventdate", "eventtime", "time", "day", "on", "completedat", "completedon", "activityon", "doneat", "doneon"}
	untils      = []string{"endtime", "meetingendtime", "enddatetime", "enddate", "end", "endedat", "endat", "until", "finishedat"}
	kinds       = []string{"activitytype", "engagementtype", "type", "tasksubtype", "eventsubtype", "kind", "tasktype", "category", "activitykind", "channel", "medium", "activity"}
	outcomes    = []string{"meetingoutcome", "outcome", "result", "calldisposition", "disposition", "callstatus", "status", "sentiment"}
	people      = []string{"contactid", "contactids", "whoid", "contactname", "contact", "attendees", "participants", "personid", "person"}
	bodies      = []string{"notes", "note", "body", "description", "summary", "comments", "subject"}
	moveIDs     = []string{"transitionid", "historyid", "moveid", "id", "changeid", "eventid", "rowid", "no", "nr", "number", "seq"}
	moveTimes   = []string{"fivetranstart", "dateentered", "transitiondate", "changedate", "changedat", "changed", "changedon", "enteredat", "logtime", "timestamp", "createddate", "createdate", "date", "at", "movedat", "movedon", "moved", "when", "on", "transitionedat", "transitionat", "changetime", "changeddate", "datechanged", "modifieddate", "effectivedate", "entereddate", "entered", "enteredon", "stageenteredat", "time", "datetime", "day", "movedate", "moveddate", "eventdate", "updatedat"}
	froms       = []string{"fromstage", "oldstage", "previousstage", "stagefrom", "oldvalue", "from", "oldphase", "fromphase", "previousphase", "prevstage", "prevphase", "priorstage", "sourcestage", "before", "fromstagename", "oldstagename", "fromvalue", "was"}
	tos         = []string{"tostage", "newstage", "stageto", "newvalue", "to", "newphase", "tophase", "nextstage", "targetstage", "after", "tostagename", "newstagename", "tovalue", "became"}
	changes     = []string{"field", "fieldkey", "property", "propertyname"}
	contactIDs  = []string{"contactid", "personid", "id", "recordid", "objectid"}
	contactRefs = []string{"contactid", "personid", "whoid"}
	names       = []string{"contactname", "fullname", "name", "personname", "email"}
	roles       = []string{"role", "contactrole", "buyingrole", "decisionpower", "jobtitle", "title"}
)

// fold makes the names of columns equal that differ in capitals, in what is
// between their words, and in what warehouses put before them.
func fold(name string) string {
	name = name[strings.LastIndexByte(name, '.')+1:]
	name = strings.TrimPrefix(strings.TrimPrefix(name, "property_"), "hs_")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
}

// finder finds columns by their names.
type finder struct {
	columns []*profile.Column
	names   []string // of the columns, folded
	depths  []int    // of the columns
	deepest int
	bare    bool // the table has no rows, so that every column may do
}

func newFinder(t *profile.Table) *finder {
	f := &finder{columns: t.Columns, bare: t.Rows == 0}
	for _, c := range f.columns {
		d := depth(c)
		f.names, f.depths = append(f.names, fold(c.Path)), append(f.depths, d)
		f.deepest = max(f.deepest, d)
	}
	return f
}

// depth is in how many objects a path lies, but for that in which HubSpot keeps
// everything.
func depth(c *profile.Column) int {
	return strings.Count(strings.TrimPrefix(c.Path, "properties."), ".")
}

// find returns the path of the first column that has one of some names, and is
// not empty nor in a list. One that is in fewer objects is the likelier.
func (f *finder) find(names []string) string {
	for level := range f.deepest + 1 {
		for _, name := range names {
			for i, c := range f.columns {
				if f.depths[i] == level && f.names[i] == name && (f.bare || !c.Empty()) && c.List == "" {
					return c.Path
				}
			}
		}
	}
	return ""
}

// associated returns the path of the ids that a row has of other objects, as
// HubSpot lists them.
func (f *finder) associated(what string) string {
	for _, c := range f.columns {
		if path := "associations." + what; strings.HasPrefix(c.Path, path) && fold(c.Path) == "id" {
			return c.Path
		}
	}
	return ""
}

// has reports whether there are columns of all of some exact paths, by their
// last names.
func (f *finder) has(names ...string) bool {
	for _, name := range names {
		if !slices.ContainsFunc(f.columns, func(c *profile.Column) bool {
			return c.Path == name || strings.HasSuffix(c.Path, "."+name)
		}) {
			return false
		}
	}
	return true
}
