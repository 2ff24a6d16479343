package machine

import "github.com/advance-sales/advance/bench/history"

// switched is written by hand for this very process: the floor.
type switched []Fact

func newSwitch(facts []Fact) (Machine, error) { return switched(facts), nil }

// Deal runs through a deal.
func (s switched) Deal(first int) (stage int, err error) {
	for i := range s[first : first+history.Calls] {
		stage = next(stage, &s[first+i])
	}
	return stage, nil
}

// next is the stage after a call.
func next(stage int, f *Fact) int {
	leaves := false
	switch stage {
	case 0:
		leaves = f.Rung == 1 || f.Rung == 2
	case 1:
		leaves = f.Rung == 4 || f.Rung == 5
	case 2:
		leaves = f.Rung == 7 || f.Rung == 8
	case 3:
		leaves = f.Rung == 10 || f.Rung == 11
	case 4:
		leaves = f.Rung == 13 || f.Rung == 14
	}
	if leaves && f.counts() {
		return stage + 1
	}
	return stage
}
