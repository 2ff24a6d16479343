package sarif

import (
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"github.com/advance-sales/advance/diagnostic"
)

// The version of the format, and where its schema is.
const (
	Version = "2.1.0"
	Schema  = "https://json.schemastore.org/sarif-2.1.0.json"
)

// Log is a document of SARIF.
type Log struct {
	Schema  string `json:"$schema"`
	Version string `json:"version"`
	Runs    []Run  `json:"runs"`
}

// Run is one run of a tool.
type Run struct {
	Tool       Tool         `json:"tool"`
	ColumnKind string       `json:"columnKind"`
	Artifacts  []Artifact   `json:"artifacts"`
	Results    []Result     `json:"results"`
	Properties *RunProperty `json:"properties,omitempty"`
}

// RunProperty is what this format has no place for.
type RunProperty struct {
	AsOf time.Time `json:"asOf"` // the instant that the documents were looked at from
}

// Artifact is a document that was looked at.
type Artifact struct {
	Location Artifactual `json:"location"`
}

// Tool is the tool that ran.
type Tool struct {
	Driver Driver `json:"driver"`
}

// Driver says which tool it is, and which rules it has.
type Driver struct {
	Name           string `json:"name"`
	InformationURI string `json:"informationUri"`
	Rules          []Rule `json:"rules"`
}

// Rule is a kind of result.
type Rule struct {
	ID               string  `json:"id"`
	ShortDescription Text    `json:"shortDescription"`
	FullDescription  Text    `json:"fullDescription"`
	Help             Text    `json:"help"`
	HelpURI          string  `json:"helpUri"`
	Default          Default `json:"defaultConfiguration"`
}

// Text is a text, in Markdown too.
type Text struct {
	Text     string `json:"text"`
	Markdown string `json:"markdown,omitempty"`
}

// Default is how much results of a rule matter.
type Default struct {
	Level string `json:"level"`
}

// Result is a diagnostic.
type Result struct {
	RuleID    string     `json:"ruleId"`
	RuleIndex *int       `json:"ruleIndex,omitempty"` // nil for a rule that is not listed
	Level     string     `json:"level"`
	Message   Text       `json:"message"`
	Locations []Location `json:"locations"`
}

// Location is a place in a document.
type Location struct {
	Physical Physical  `json:"physicalLocation"`
	Logical  []Logical `json:"logicalLocations,omitempty"`
}

// Physical is a place in a file.
type Physical struct {
	Artifact Artifactual `json:"artifactLocation"`
	Region   *Region     `json:"region,omitempty"` // nil for the file as a whole
}

// Artifactual names a file.
type Artifactual struct {
	URI string `json:"uri"`
}

// Region is a stretch of a file: lines and columns from 1, the end exclusive.
type Region struct {
	StartLine   int `json:"startLine"`
	StartColumn int `json:"startColumn"`
	EndLine     int `json:"endLine"`
	EndColumn   int `json:"endColumn"`
}

// Logical is a place in the terms of the document.
type Logical struct {
	FullyQualifiedName string `json:"fullyQualifiedName"`
}

// New returns a document with the diagnostics of one run. The files are those
// that were looked at, and the rules those that the diagnostics may be of.
func New(name, uri string, rules []Rule, files []string, diags diagnostic.List) Log {
	run := Run{
		Tool:       Tool{Driver{Name: name, InformationURI: uri, Rules: rules}},
		ColumnKind: "unicodeCodePoints",
		Artifacts:  []Artifact{},
		Results:    []Result{},
	}
	for _, file := range files {
		run.Artifacts = append(run.Artifacts, Artifact{Artifactual{fileURI(file)}})
	}
	index := map[string]int{}
	for i, r := range rules {
		index[r.ID] = i
	}
	for _, d := range diags {
		run.Results = append(run.Results, result(d, index))
	}
	return Log{Schema: Schema, Version: Version, Runs: []Run{run}}
}

func result(d diagnostic.Diagnostic, index map[string]int) Result {
	r := Result{RuleID: string(d.Code), Level: Level(d.Severity), Message: Text{Text: d.Text()}}
	if i, ok := index[r.RuleID]; ok {
		r.RuleIndex = &i
	}
	at := Location{Physical: Physical{Artifact: Artifactual{fileURI(d.Range.File)}}}
	if !d.Range.IsZero() {
		at.Physical.Region = &Region{
			StartLine: d.Range.Start.Line, StartColumn: d.Range.Start.Column,
			EndLine: d.Range.End.Line, EndColumn: d.Range.End.Column,
		}
	}
	if d.Path != "" {
		at.Logical = []Logical{{d.Path}}
	}
	r.Locations = []Location{at}
	return r
}

// Level is how the format calls a severity.
func Level(s diagnostic.Severity) string {
	switch s {
	case diagnostic.Error:
		return "error"
	case diagnostic.Warning:
		return "warning"
	case diagnostic.Info:
		return "note"
	}
	return "none"
}

// fileURI writes the name of a file as a reference: relative as it is given,
// with an absolute one as a file URI.
func fileURI(file string) string {
	slashed := filepath.ToSlash(file)
	if !filepath.IsAbs(file) {
		return (&url.URL{Path: slashed}).String()
	}
	if !strings.HasPrefix(slashed, "/") {
		slashed = "/" + slashed
	}
	return (&url.URL{Scheme: "file", Path: slashed}).String()
}
