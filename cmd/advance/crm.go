package main

import "github.com/spf13/cobra"

func newCRMCmd(e *env) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "crm",
		Short: "Read what a CRM exports",
		Long: `Read what a CRM exports.

Deals, activities, stage history and contacts are read from CSV, JSON or JSON
lines, packed with gzip or not, by a mapping: a YAML file that says what the
columns mean and which records show that a buyer committed to something. There
are mappings for common CRMs; "inspect" shows what is in your files and drafts
one of your own, and "convert" turns the files into call and deal records.
"advance audit" reads the same files and asks which deals stand where their
buyers' commitments put them.`,
		Example: `  # What is in these files?
  advance crm inspect deals.csv activities.csv

  # What did the buyers commit to, as records?
  advance crm convert --mapping crm.yaml --deals deals.csv --activities activities.csv`,
		GroupID: groupCalls,
		Args:    noArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newCRMInspectCmd(e), newCRMConvertCmd(e))
	return cmd
}
