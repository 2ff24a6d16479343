package crm_test

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/crm"
)

// day is the start of a day.
func day(text string) time.Time {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil {
		panic(err)
	}
	return t
}

func moment(t time.Time) string {
	if t.IsZero() {
		return "nobody knows"
	}
	return t.Format(time.RFC3339Nano)
}

// head begins a mapping.
const head = "mapping: 1\nid: test\n"

// mapping reads the rest of a mapping.
func mapping(t *testing.T, rest string) *crm.Mapping {
	t.Helper()
	m, err := crm.Parse("test.yaml", []byte(head+rest))
	require.NoError(t, err)
	return m
}

// text is a file that holds a text.
func text(role crm.Role, name, content string) crm.File {
	return crm.File{Role: role, Name: name, Reader: strings.NewReader(content)}
}

// read reads texts.
func read(t *testing.T, m *crm.Mapping, files ...crm.File) *crm.Import {
	t.Helper()
	got, err := m.Read(files, crm.Options{})
	require.NoError(t, err)
	return got
}
