package outcome

// short is a list that is seldom long: the first few items stand in the list
// itself, so that those of an ordinary call are not allocated. The zero list is
// empty. Copies share what is behind the first few, which nobody changes once
// the list is whole.
type short[T any] struct {
	n     int
	first [3]T
	more  []T
}

func (l *short[T]) len() int { return l.n }

// at returns an item; the pointer is good until another one is added.
func (l *short[T]) at(i int) *T {
	if i < len(l.first) {
		return &l.first[i]
	}
	return &l.more[i-len(l.first)]
}

// add adds a zero item and returns it, to be filled in where it is: small fields
// that are written and then copied together would have to wait for each other.
func (l *short[T]) add() *T {
	var zero T
	i := l.n
	l.n++
	if i < len(l.first) {
		l.first[i] = zero
		return &l.first[i]
	}
	l.more = append(l.more, zero)
	return &l.more[i-len(l.first)]
}

// clear empties the list. What copies share stays theirs.
func (l *short[T]) clear() { l.n, l.more = 0, nil }
