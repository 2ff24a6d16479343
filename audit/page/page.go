package page

import (
	"bufio"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"html/template"
	"io"
	"strings"

	"github.com/advance-sales/advance/audit"
)

// Options are what a page can be told.
type Options struct {
	// Title stands above the page; "Pipeline audit" when empty.
	Title string
}

// Write writes the report as one HTML page. The report should have been made
// with [audit.Options.Details], or the page shows deals without their ladders
// and calls. The same report gives the same bytes. The error is that of the
// writer.
func Write(w io.Writer, r *audit.Report, o Options) error {
	out := bufio.NewWriter(w)
	if err := write(out, newDocument(r, o)); err != nil {
		return fmt.Errorf("writing the page of an audit: %w", err)
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("writing the page of an audit: %w", err)
	}
	return nil
}

//go:generate assets/plot/build.sh

// The parts of the page that are the same for every report.
var (
	//go:embed assets/page.html assets/page.css assets/app assets/plot/plot.min.js assets/plot/LICENSE
	assets embed.FS

	pageTemplate = template.Must(template.ParseFS(assets, "assets/page.html"))

	style   = asset("page.css")
	library = "/*\n" + asset("plot/LICENSE") + "*/\n" + asset("plot/plot.min.js")
	app     = program()
	policy  = strings.Join([]string{
		"default-src 'none'",
		"style-src " + hashOf(style),
		"script-src " + hashOf(library) + " " + hashOf(app),
		"base-uri 'none'",
		"form-action 'none'",
	}, "; ")
)

// program puts the scripts of the page together, as one function that leaves
// nothing behind.
func program() string {
	var b strings.Builder
	b.WriteString("(() => {\n\"use strict\";\n")
	for _, name := range []string{"model", "words", "filter", "charts", "funnel", "table", "controls", "deal", "main"} {
		b.WriteString(asset("app/" + name + ".js"))
	}
	b.WriteString("})();\n")
	return b.String()
}

func asset(name string) string {
	content, err := assets.ReadFile("assets/" + name)
	if err != nil {
		panic(err) // it is part of this package
	}
	return string(content)
}

// hashOf is how a content security policy names an inline script or style.
func hashOf(content string) string {
	sum := sha256.Sum256([]byte(content))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// write writes the page. The data comes straight behind the texts: first what
// the page needs at once, then a line for each deal, which is read when the deal
// is opened.
func write(w io.Writer, d *document) error {
	err := pageTemplate.ExecuteTemplate(w, "head", struct {
		*document
		Policy string
		Style  template.CSS
	}{d, policy, template.CSS(style)})
	if err != nil {
		return err
	}
	if _, err := io.WriteString(w, `<script type="application/json" id="data">`); err != nil {
		return err
	}
	// Both encoders write <, > and & as escapes, so that no text can end the
	// element that it stands in.
	encoder := json.NewEncoder(w)
	if err := encoder.Encode(d.Data); err != nil {
		return err
	}
	if _, err := io.WriteString(w, "</script>\n<script type=\"application/x-ndjson\" id=\"details\">"); err != nil {
		return err
	}
	for i := range d.report.Deals {
		if err := encoder.Encode(d.index.detail(d.report.Deals[i].Detail)); err != nil {
			return err
		}
	}
	_, err = fmt.Fprintf(w, "</script>\n<script>%s</script>\n<script>%s</script>\n</body>\n</html>\n", library, app)
	return err
}
