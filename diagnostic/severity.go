package diagnostic

import (
	"fmt"
	"strings"
)

// Severity says how much a diagnostic or a finding matters.
type Severity uint8

// The severities, from the least to the most. The zero value is Ignore.
const (
	Ignore  Severity = iota // not reported at all
	Info                    // worth knowing
	Warning                 // worth acting on
	Error                   // a fault: it makes a command exit 1
)

var severityNames = [...]string{Ignore: "ignore", Info: "info", Warning: "warning", Error: "error"}

// SeverityNames lists the names of the severities, least first, as documents
// spell them.
func SeverityNames() []string { return append([]string(nil), severityNames[:]...) }

// String returns the severity as documents spell it.
func (s Severity) String() string {
	if int(s) < len(severityNames) {
		return severityNames[s]
	}
	return fmt.Sprintf("severity(%d)", uint8(s))
}

// ParseSeverity reads ignore, info, warning or error.
func ParseSeverity(text string) (Severity, error) {
	for s, name := range severityNames {
		if name == text {
			return Severity(s), nil
		}
	}
	return Ignore, fmt.Errorf("unknown severity %q: one of %s", text, strings.Join(severityNames[:], ", "))
}

// MarshalText writes the name of the severity.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the name of a severity.
func (s *Severity) UnmarshalText(text []byte) error {
	v, err := ParseSeverity(string(text))
	if err != nil {
		return err
	}
	*s = v
	return nil
}
