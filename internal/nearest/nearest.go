// Package nearest finds the name that was probably meant.
package nearest

import (
	"strings"
	"unicode/utf8"
)

// maxLength bounds the work spent on one name: longer names get no suggestion.
const maxLength = 80

// Name returns the candidate closest to name, and whether one is close enough
// to be worth suggesting: at most a third of its characters differ, counting a
// swap of neighbours as one difference (optimal string alignment distance).
// Case and the difference between '-', '_' and ' ' cost nothing. Ties go to the
// earlier candidate.
func Name(name string, candidates []string) (string, bool) {
	want := fold(name)
	n := utf8.RuneCountInString(want)
	if n == 0 || n > maxLength {
		return "", false
	}
	best, bestDistance := "", maxLength
	for _, c := range candidates {
		folded := fold(c)
		m := utf8.RuneCountInString(folded)
		limit := max(n, m) / 3
		if limit == 0 {
			limit = 1
		}
		if m == 0 || m > maxLength || max(n-m, m-n) > limit || max(n, m) < 2 {
			continue
		}
		if d := distance([]rune(want), []rune(folded)); d <= limit && d < bestDistance {
			best, bestDistance = c, d
		}
	}
	return best, best != ""
}

// Hint returns `did you mean "x"?`, or nothing when no candidate is near.
func Hint(name string, candidates []string) string {
	if c, ok := Name(name, candidates); ok {
		return `did you mean "` + c + `"?`
	}
	return ""
}

// HintOrAll says what may have been meant, or else what there is.
func HintOrAll(name string, candidates []string) string {
	if hint := Hint(name, candidates); hint != "" || len(candidates) == 0 {
		return hint
	}
	return "write one of " + strings.Join(candidates, ", ")
}

func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == ' ' {
			return '_'
		}
		return r
	}, strings.ToLower(s))
}

// distance is the optimal string alignment distance of a and b.
func distance(a, b []rune) int {
	before, prev, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			row[j] = min(row[j-1]+1, prev[j]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, prev, row = prev, row, before
	}
	return prev[len(b)]
}
