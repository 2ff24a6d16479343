package cases

// TB is what [Test] needs of a *testing.T: it stands in for it, so that a
// program that uses this package does not link the testing one.
type TB[T any] interface {
	Helper()
	Run(name string, f func(T)) bool
	Error(args ...any)
	Fatal(args ...any)
}

// Test runs the cases of documents as subtests, one for each, and fails those
// that come otherwise than expected:
//
//	func TestProcess(t *testing.T) { cases.Test(t, "sales.cases.yaml") }
func Test[T TB[T]](t T, files ...string) {
	t.Helper()
	for _, file := range files {
		suite, err := Load(file)
		if err != nil {
			t.Fatal(err.Error())
		}
		for _, result := range suite.Run(RunOptions{}) {
			t.Run(result.Case, func(t T) {
				t.Helper()
				if !result.Passed() {
					t.Error("\n" + result.Failure())
				}
			})
		}
	}
}
