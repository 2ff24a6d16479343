package store

import (
	"context"

	"github.com/advance-sales/advance/outcome"
)

// Erase removes a deal and everything about it: its record, its calls in every
// revision, its verdicts and its changes. One change is left, [KindErased],
// which names the deal and says nothing else, so that followers can erase what
// they made of it. Erase reports whether there was anything to remove.
//
// What is recorded afterwards opens the deal anew.
func (s *Store) Erase(ctx context.Context, tx Tx, deal outcome.DealID) (bool, error) {
	in, err := s.in(tx)
	if err != nil {
		return false, err
	}
	if _, err := in.deal(ctx, deal, "{lock}"); err != nil {
		return false, err
	}
	var removed int64
	for _, table := range []string{"{deals}", "{calls}", "{verdicts}"} {
		n, err := in.exec(ctx, `DELETE FROM `+table+` WHERE deal = $1`, string(deal))
		if err != nil {
			return false, doing(err, "erasing deal %q", deal)
		}
		removed += n
	}
	if removed == 0 {
		return false, nil
	}
	if _, err := in.exec(ctx, `DELETE FROM {changes} WHERE deal = $1`, string(deal)); err != nil {
		return false, doing(err, "erasing the changes of deal %q", deal)
	}
	_, err = in.exec(ctx, `INSERT INTO {changes} (deal, kind) VALUES ($1, $2)`, string(deal), string(KindErased))
	return true, doing(err, "noting that deal %q was erased", deal)
}
