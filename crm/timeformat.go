package crm

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// timeFormat is a spelling of times.
type timeFormat struct {
	layout string // of package time
	clock  bool   // it has hours: without them it spells a date
}

// letter is a part of a spelling.
type letter struct{ ours, theirs, padded, what string }

// letters are the parts of a spelling, with those of package time: one that
// takes one digit or two, and one for where nothing stands between two parts,
// which is empty where only the letters of two digits will do. Longer ones come
// first.
var letters = []letter{
	{"YYYY", "2006", "2006", "a year"},
	{"YY", "06", "06", "a year"},
	{"MMMM", "January", "January", "a month"},
	{"MMM", "Jan", "Jan", "a month"},
	{"MM", "1", "01", "a month"},
	{"M", "1", "", "a month"},
	{"DD", "2", "02", "a day"},
	{"D", "2", "", "a day"},
	{"hh", "15", "15", "an hour"},
	{"h", "15", "", "an hour"},
	{"mm", "4", "04", "a minute"},
	{"m", "4", "", "a minute"},
	{"ss", "5", "05", "a second"},
	{"s", "5", "", "a second"},
	{"am", "PM", "PM", "a half of the day"},
	{"AM", "PM", "PM", "a half of the day"},
	{"Z", "Z0700", "Z0700", "a zone"},
}

const timeHint = `write it with YYYY, MM, DD, hh, mm and ss, such as "DD.MM.YYYY hh:mm" or "MM/DD/YYYY hh:mm am"`

// parseTimeFormat reads a spelling such as "DD.MM.YYYY hh:mm".
func parseTimeFormat(text string) (timeFormat, error) {
	var layout strings.Builder
	seen := map[string]bool{}
	before := false // a part stands right before
	half := "3"     // the hour, where a day has two halves of twelve
	for rest := text; rest != ""; {
		i := slices.IndexFunc(letters, func(l letter) bool { return strings.HasPrefix(rest, l.ours) })
		if i < 0 {
			c := rest[0]
			if c >= 0x80 || unicode.IsDigit(rune(c)) || unicode.IsLetter(rune(c)) && c != 'T' || c == '_' {
				return timeFormat{}, fmt.Errorf("it has %q in it", firstRune(rest))
			}
			layout.WriteByte(c)
			rest, before = rest[1:], false
			continue
		}
		l := letters[i]
		rest = rest[len(l.ours):]
		if seen[l.what] {
			return timeFormat{}, fmt.Errorf("it has %s twice", l.what)
		}
		seen[l.what] = true
		switch between := !before && !startsPart(rest); {
		case between:
			layout.WriteString(l.theirs)
		case l.padded == "":
			return timeFormat{}, fmt.Errorf("nothing tells where %q ends; write %q", l.ours, l.ours+l.ours)
		default:
			layout.WriteString(l.padded)
			if l.what == "an hour" {
				half = "03"
			}
		}
		if l.what == "a second" && strings.IndexAny(rest, ".,") == 0 && startsPart(rest[1:]) {
			return timeFormat{}, fmt.Errorf("behind seconds, %q begins a fraction; write something else there", rest[:1])
		}
		before = true
	}
	switch {
	case !seen["a year"] || !seen["a month"] || !seen["a day"]:
		return timeFormat{}, fmt.Errorf("a year, a month and a day have to be in it")
	case (seen["a half of the day"] || seen["a minute"]) && !seen["an hour"], seen["a second"] && !seen["a minute"], seen["a zone"] && !seen["an hour"]:
		return timeFormat{}, fmt.Errorf("an hour has to be in it before anything smaller")
	}
	f := timeFormat{layout: layout.String(), clock: seen["an hour"]}
	if seen["a half of the day"] {
		f.layout = strings.Replace(f.layout, "15", half, 1)
	}
	return f, nil
}

// startsPart reports whether a part of digits comes next.
func startsPart(rest string) bool {
	return rest != "" && strings.IndexByte("YMDhms", rest[0]) >= 0
}

func firstRune(text string) string {
	for _, r := range text {
		return string(r)
	}
	return ""
}
