package page

import (
	"fmt"
	"slices"
	"strings"

	"github.com/advance-sales/advance/internal/chromium"
)

// replaceSpaces makes ordinary spaces of those that keep words together.
func replaceSpaces(s string) string { return strings.ReplaceAll(s, "\u00a0", " ") }

func dedupe(list []float64) []float64 { return slices.Compact(slices.Clone(list)) }

func attribute(tab *chromium.Tab, selector, name string) string {
	var s string
	tab.Eval(fmt.Sprintf("document.querySelector(%q).getAttribute(%q) ?? ''", selector, name), &s)
	return s
}
