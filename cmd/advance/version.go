package main

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"

	"github.com/advance-sales/advance/process"
)

func newVersionCmd(e *env) *cobra.Command {
	return &cobra.Command{
		Use:     "version",
		Short:   "Say which advance this is",
		Long:    "Say which advance this is, and which format of process documents it reads.",
		Example: "  advance version",
		GroupID: groupOther,
		Args:    noArgs,
		RunE: func(*cobra.Command, []string) error {
			info, _ := debug.ReadBuildInfo()
			fmt.Fprintf(e.stdout, "advance %s\n", versionOf(info))
			fmt.Fprintf(e.stdout, "process documents: format %d\n", process.Format)
			fmt.Fprintf(e.stdout, "built with %s for %s/%s\n", runtime.Version(), runtime.GOOS, runtime.GOARCH)
			return nil
		},
	}
}

// versionOf returns the version that was built: that of the module, with the
// revision of its source where it is known.
func versionOf(info *debug.BuildInfo) string {
	if info == nil {
		return "of an unknown version"
	}
	version := info.Main.Version
	if version == "" || version == "(devel)" {
		version = "development version"
	}
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision" && len(s.Value) >= 12:
			version += ", revision " + s.Value[:12]
		case s.Key == "vcs.modified" && s.Value == "true":
			version += ", with changes"
		}
	}
	return version
}
