package main

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/advance-sales/advance/schema"
)

func newSchemaCmd(e *env) *cobra.Command {
	return &cobra.Command{
		Use:   "schema " + strings.Join(schema.Names(), "|"),
		Short: "Print a JSON Schema, for editors and other programs",
		Long: `Print the JSON Schema (draft 2020-12) of a process, of test cases, of a mapping,
or of the record of a call, a deal or a verdict.

An editor that knows the schema completes keys and words, explains them, and
underlines what is wrong while you type. Editors with YAML support find it by a
line at the top of the document:

  # yaml-language-server: $schema=process.schema.json`,
		Example: `  advance schema process > process.schema.json
  advance schema cases > cases.schema.json`,
		GroupID: groupProcess,
		Args: func(_ *cobra.Command, args []string) error {
			switch len(args) {
			case 0:
				return usagef("which schema? There is %s", strings.Join(schema.Names(), ", "))
			case 1:
				return nil
			}
			return usagef("one schema at a time, and these are %d: %s", len(args), strings.Join(args, ", "))
		},
		ValidArgs: schema.Names(),
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := schema.JSON(args[0])
			if err != nil {
				return usageError{err.Error()}
			}
			_, err = e.stdout.Write(text)
			return err
		},
	}
}
