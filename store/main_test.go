package store_test

import (
	"os"
	"testing"
)

func TestMain(m *testing.M) {
	if runAsWriter() {
		return
	}
	code := m.Run()
	stopSharedCluster()
	os.Exit(code)
}
