package main

import (
	"github.com/advance-sales/advance/audit"
	"github.com/advance-sales/advance/crm"
)

// auditRows accounts for the rows that were read, and says how many of them
// could not be used for a reason that no finding tells: a duplicate and an
// orphan are findings.
func auditRows(imported *crm.Import) (rows []audit.Rows, unusable int) {
	for _, c := range imported.Counts {
		table := string(c.Role)
		if c.Table != "" {
			table += " " + c.Table
		}
		rows = append(rows, audit.Rows{Table: table, File: c.File, Read: c.Read, Used: c.Used, Rejected: c.Rejected, OutOfScope: c.OutOfScope})
		unusable += c.Rejected
	}
	return rows, unusable - len(imported.Pipeline.Faults)
}
