package crm

// Salesforce writes one id in two ways: 15 characters, in which capitals count,
// and the same with three more that tell which of the letters are capitals, five
// characters each (Salesforce, "Record ID"). Reports have the one, and the API
// and exports the other.

const (
	shortID = 15
	longID  = 18
)

// otherSpelling returns the other way to write an id of Salesforce, and nothing
// for any other id.
func otherSpelling(id string) string {
	switch {
	case len(id) == shortID:
		if suffix, ok := capitals(id); ok {
			return id + suffix
		}
	case len(id) == longID:
		if suffix, ok := capitals(id[:shortID]); ok && suffix == id[shortID:] {
			return id[:shortID]
		}
	}
	return ""
}

// capitals tells which letters of an id are capitals.
func capitals(id string) (suffix string, ok bool) {
	const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
	var all [longID - shortID]byte
	for i := range len(id) {
		switch c := id[i]; {
		case c >= 'A' && c <= 'Z':
			all[i/5] |= 1 << (i % 5)
		case c >= 'a' && c <= 'z', c >= '0' && c <= '9':
		default:
			return "", false
		}
	}
	for i := range all {
		all[i] = digits[all[i]]
	}
	return string(all[:]), true
}
