//go:build !unix

package store_test

import "testing"

// cluster is a PostgreSQL server of the tests' own; there is none on this
// system.
type cluster struct{}

func sharedCluster(t testing.TB) *cluster {
	t.Helper()
	unavailable(t, "the tests start PostgreSQL on Unix only")
	return nil
}

func stopSharedCluster() {}

func newCluster() (*cluster, error) { return &cluster{}, nil }

func (*cluster) dsn() string  { return "" }
func (*cluster) start() error { return nil }
func (*cluster) kill()        {}
func (*cluster) remove()      {}
