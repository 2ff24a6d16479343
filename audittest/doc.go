// Package audittest lets a Go test hold a pipeline to its process: one call
// that fails with the deals, what is wrong with each, and what to do.
//
//	func TestPipeline(t *testing.T) {
//		audittest.Check(t, process, pipeline, audittest.Options{AsOf: quarterEnd})
//	}
package audittest
