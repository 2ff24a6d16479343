package diff

import "github.com/advance-sales/advance/finding"

// findings compares how much findings matter.
func (c *comparison) findings() {
	for _, code := range finding.Codes() {
		was, is := c.old.Severity(code), c.new.Severity(code)
		if was == is {
			continue
		}
		action := Tightened
		if is < was {
			action = Loosened
		}
		c.add(Advice, action, PartFinding, code.String(), was.String(), is.String(), "The finding %s is of the severity %s now, and was %s.", code, is, was)
	}
}
