package oracle

import "slices"

// next lists what would be credited now: first what closes a gap, then the rungs
// of the current ladder, strongest first, or of the next one when that has none.
func next(p Process, s state) []Next {
	list := []Next{}
	if s.lost != "" {
		return list
	}
	for _, stage := range s.gaps(p) {
		for _, id := range p.order() {
			listed := slices.ContainsFunc(list, func(n Next) bool { return n.Commitment == id })
			if !listed && s.creditable(p, id) && s.closes(stage, id) {
				list = append(list, place(p, id, "gap"))
			}
		}
	}
	rungs := ladder(p, s, s.index(p))
	if len(rungs) == 0 {
		rungs = ladder(p, s, s.index(p)+1)
	}
	return append(list, rungs...)
}

// closes tells whether a commitment is missing for a criterion of the stage's exit.
func (s state) closes(stage Stage, id string) bool {
	for _, criterion := range stage.Exit {
		for _, item := range criterion.Of {
			if !s.satisfies(criterion) && item.ID == id && !s.met(item) {
				return true
			}
		}
	}
	return false
}

// ladder lists the rungs of a stage that would be credited, strongest first.
func ladder(p Process, s state, index int) []Next {
	path := p.path()
	if index >= len(path) {
		return nil
	}
	var list []Next
	for _, id := range slices.Backward(path[index].Ladder) {
		if !s.creditable(p, id) {
			continue
		}
		role := "fallback"
		if len(list) == 0 {
			role = "primary"
		}
		list = append(list, place(p, id, role))
	}
	return list
}

// place finds a commitment on its ladder.
func place(p Process, id, role string) Next {
	for _, stage := range p.path() {
		if i := slices.Index(stage.Ladder, id); i >= 0 {
			return Next{Commitment: id, Stage: stage.ID, Rung: i + 1, Role: role}
		}
	}
	panic("oracle: no home for " + id)
}
