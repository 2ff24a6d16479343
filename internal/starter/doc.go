// Package starter makes the documents that somebody starts a process of their
// own with: a built-in process with comments that teach the format, and the
// cases that go with it.
package starter
