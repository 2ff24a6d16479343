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

// add adds an item and returns it.
func (l *short[T]) add(item T) *T {
	if l.n < len(l.first) {
		l.first[l.n] = item
	} else {
		l.more = append(l.more, item)
	}
	l.n++
	return l.at(l.n - 1)
}

// clear empties the list. What copies share stays theirs.
func (l *short[T]) clear() { l.n, l.more = 0, nil }
