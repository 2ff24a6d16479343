package bench

import (
	_ "embed"

	"github.com/advance-sales/advance/process"
)

//go:embed process.yaml
var source []byte

// Process returns the process of six stages that the histories are made for.
func Process() (*process.Process, error) { return process.Parse("process.yaml", source) }
