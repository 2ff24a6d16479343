package main

import (
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"github.com/advance-sales/advance/diagnostic"
	"github.com/advance-sales/advance/docs"
	"github.com/advance-sales/advance/internal/sarif"
)

// Where the project is, and the page that explains the codes.
const (
	projectURL     = "https://github.com/advance-sales/advance"
	diagnosticsURL = projectURL + "/blob/main/docs/diagnostics.md"
)

// lintReport is what --format json writes.
type lintReport struct {
	AsOf        time.Time       `json:"as_of"`
	Documents   []string        `json:"documents"`
	Errors      int             `json:"errors"`
	Warnings    int             `json:"warnings"`
	Diagnostics diagnostic.List `json:"diagnostics"`
}

func writeLintJSON(e *env, found *linted) error {
	report := lintReport{
		AsOf:        found.asOf.at.UTC().Truncate(time.Second),
		Documents:   found.files(),
		Errors:      found.diags.Count(diagnostic.Error),
		Warnings:    found.diags.Count(diagnostic.Warning),
		Diagnostics: append(diagnostic.List{}, found.diags...),
	}
	return printJSON(e, report)
}

// files returns the names of the documents.
func (l *linted) files() []string {
	files := []string{}
	for _, d := range l.documents {
		files = append(files, d.file)
	}
	return files
}

// writeGitHub writes the diagnostics as commands that GitHub Actions turns into
// marks on the lines of a change.
func writeGitHub(w io.Writer, diags diagnostic.List) error {
	data := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	for _, d := range diags {
		level := "warning"
		if d.Severity == diagnostic.Error {
			level = "error"
		}
		place := "file=" + property.Replace(filepath.ToSlash(d.Range.File))
		if !d.Range.IsZero() {
			// There the last column is within the range.
			last := max(d.Range.Start.Column, d.Range.End.Column-1)
			place += fmt.Sprintf(",line=%d,endLine=%d,col=%d,endColumn=%d", d.Range.Start.Line, d.Range.End.Line, d.Range.Start.Column, last)
		}
		_, err := fmt.Fprintf(w, "::%s %s,title=%s::%s\n", level, place, property.Replace(string(d.Code)), data.Replace(d.Text()))
		if err != nil {
			return err
		}
	}
	return nil
}

func writeSARIF(e *env, found *linted) error {
	log := sarif.New("advance", projectURL, lintRules(), found.files(), found.diags)
	log.Runs[0].Properties = &sarif.RunProperty{AsOf: found.asOf.at.UTC().Truncate(time.Second)}
	return printJSON(e, log)
}

// lintRules returns what the page on diagnostics says, as rules of SARIF.
func lintRules() []sarif.Rule {
	var rules []sarif.Rule
	for _, d := range docs.Diagnostics() {
		plain := strings.NewReplacer("\n\n", "\n\n", "\n", " ", "`", "").Replace(d.Text)
		first, _, _ := strings.Cut(plain, "\n\n")
		url := diagnosticsURL + "#" + string(d.Code)
		rules = append(rules, sarif.Rule{
			ID:               string(d.Code),
			ShortDescription: sarif.Text{Text: firstSentence(first)},
			FullDescription:  sarif.Text{Text: plain},
			Help: sarif.Text{
				Text:     plain + "\n\n" + url,
				Markdown: fmt.Sprintf("%s\n\nWrong:\n\n```yaml\n%s```\n\nRight:\n\n```yaml\n%s```\n\n[All diagnostics](%s)", d.Text, d.Wrong, d.Right, url),
			},
			HelpURI: url,
			Default: sarif.Default{Level: sarif.Level(d.Severity)},
		})
	}
	return rules
}

// firstSentence returns a text up to its first full stop.
func firstSentence(text string) string {
	if before, _, ok := strings.Cut(text, ". "); ok {
		return before + "."
	}
	return text
}
