package store

import (
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/advance-sales/advance/outcome"
	"github.com/advance-sales/advance/process"
)

// Options say where a [Store] keeps its tables and by what it judges.
type Options struct {
	// Dialect has to be named.
	Dialect Dialect
	// Schema is the PostgreSQL schema of the tables, which must exist. Where it
	// is empty the search path of the connection decides. SQLite has none.
	Schema string
	// Prefix begins the name of every table; "advance_" when empty.
	Prefix string
	// Evaluators are those of every process, and of every version of one, that
	// deals stand in. New deals open in the process of the first, unless
	// [Store.SaveDeal] names another. At least one is needed.
	Evaluators []*outcome.Evaluator
}

// Store keeps calls, deals and verdicts in tables of the caller's database. It
// never changes, holds no connection, and is safe for concurrent use.
type Store struct {
	dialect    Dialect
	schema     string
	prefix     string
	words      *strings.Replacer
	evaluators map[process.Ref]*outcome.Evaluator
	refs       []process.Ref // in the order of Options.Evaluators
}

// identifier is a name that needs no quotes in either dialect.
var identifier = regexp.MustCompile(`^[a-z_][a-z0-9_]{0,39}$`)

// New returns a store, or says which of the options is not right.
func New(o Options) (*Store, error) {
	o.Prefix = cmp.Or(o.Prefix, "advance_")
	switch {
	case o.Dialect != PostgreSQL && o.Dialect != SQLite:
		return nil, errors.New("a store needs a dialect: PostgreSQL or SQLite")
	case o.Schema != "" && o.Dialect == SQLite:
		return nil, errors.New("SQLite has no schemas: choose a prefix for the tables instead")
	case o.Schema != "" && !identifier.MatchString(o.Schema):
		return nil, fmt.Errorf("the schema %q can not be used: at most 40 small letters, digits and _, no digit first", o.Schema)
	case !identifier.MatchString(o.Prefix):
		return nil, fmt.Errorf("the table prefix %q can not be used: at most 40 small letters, digits and _, no digit first", o.Prefix)
	case len(o.Evaluators) == 0:
		return nil, errors.New("a store needs at least one evaluator, to judge calls by")
	}
	s := &Store{
		dialect: o.Dialect, schema: o.Schema, prefix: o.Prefix, words: o.Dialect.words(o.Schema, o.Prefix),
		evaluators: make(map[process.Ref]*outcome.Evaluator, len(o.Evaluators)),
	}
	for _, ev := range o.Evaluators {
		ref := ev.Process().Ref()
		if s.evaluators[ref] != nil {
			return nil, fmt.Errorf("there are two evaluators of process %s version %d: a store needs one of each", ref.ID, ref.Version)
		}
		s.evaluators[ref] = ev
		s.refs = append(s.refs, ref)
	}
	return s, nil
}

// Processes lists the processes that the store can judge by, that of new deals
// first.
func (s *Store) Processes() []process.Ref { return append([]process.Ref(nil), s.refs...) }

// evaluator finds the evaluator of exactly this process.
func (s *Store) evaluator(deal outcome.DealID, ref process.Ref) (*outcome.Evaluator, error) {
	if ev := s.evaluators[ref]; ev != nil {
		return ev, nil
	}
	return nil, &UnknownProcessError{Deal: deal, Process: ref, Known: s.Processes()}
}
