package yamldoc

import "github.com/advance-sales/advance/diagnostic"

// The codes of the faults that this package finds. All are of severity Error.
const (
	// Syntax: the text is not YAML, for instance `ask: What: now`.
	Syntax diagnostic.Code = "syntax"
	// UnknownKey: a mapping has a key that nothing reads, for instance `laddr:`
	// where `ladder:` was meant.
	UnknownKey diagnostic.Code = "unknown_key"
	// DuplicateKey: a mapping has the same key twice.
	DuplicateKey diagnostic.Code = "duplicate_key"
	// WrongType: something of another kind than its key expects, for instance
	// a word where a list should be.
	WrongType diagnostic.Code = "wrong_type"
	// MissingKey: a mapping lacks a key that it must have.
	MissingKey diagnostic.Code = "missing_key"
	// EmptyValue: a key or a dash with nothing behind it, or a file with
	// nothing in it.
	EmptyValue diagnostic.Code = "empty_value"
	// TooLarge: a limit of this package was passed.
	TooLarge diagnostic.Code = "too_large"
	// SeveralDocuments: a second document follows in the same file.
	SeveralDocuments diagnostic.Code = "several_documents"
)

// The limits. What passes one of them is reported as [TooLarge].
const (
	// MaxSize is the longest text, in bytes.
	MaxSize = 4 << 20
	// MaxDepth is how many mappings and lists may stand inside one another,
	// aliases followed.
	MaxDepth = 100
	// MaxKey is the longest key, in bytes.
	MaxKey = 1024
	// MaxAliased is how many nodes aliases may add to those written out.
	MaxAliased = 100_000
	// MaxDiagnostics is how many diagnostics a reader keeps; the last one then
	// says that there are more.
	MaxDiagnostics = 500
)
