package yamldoc

// Word reads a text into dst, if there is one.
func Word[T ~string](r *Reader, dst *T, n *Node, what string) bool {
	v, ok := r.String(n, what)
	if ok {
		*dst = T(v)
	}
	return ok
}

// Words reads a list of words.
func Words[T ~string](r *Reader, n *Node, what string) []T {
	return List(r, n, what, func(item *Node) (w T) {
		Word(r, &w, item, "an item of "+what)
		return w
	})
}

// List reads a list. What can't be read leaves its place empty, so that the
// others keep theirs.
func List[T any](r *Reader, n *Node, what string, read func(*Node) T) []T {
	list := []T{}
	r.Items(n, what, func(i int, item *Node) {
		list = append(list, make([]T, i-len(list))...)
		list = append(list, read(item))
	})
	return list
}
