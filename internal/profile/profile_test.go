package profile

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/internal/table"
)

func read(t *testing.T, text string) *Table {
	t.Helper()
	r, err := table.Open(strings.NewReader(text), table.Options{Name: "f"})
	require.NoError(t, err)
	found, err := Read(r, func() {})
	require.NoError(t, err)
	return found
}

// column reads a column of values; | is between them.
func column(t *testing.T, name, values string) *Column {
	t.Helper()
	text := name + "\t.\n"
	for v := range strings.SplitSeq(values, "|") {
		text += v + "\t.\n"
	}
	return read(t, text).Columns[0]
}

func TestTypes(t *testing.T) {
	for _, test := range []struct {
		name, values string
		want         Type
		forms        string
	}{
		{"x", "", Nothing, ""},
		{"x", "a|b", Text, ""},
		{"deal_id", "D-1|D-2", ID, ""},
		{"WhatId", "006A1|", ID, ""},
		{"deal id", "x y|z", Text, ""},
		{"x", "9d9162e7-6cf3-4944-bf63-4dff82258764|F240BBAC-87C9-4F6E-BF70-924B57D47DB7", GUID, ""},
		{"x", "1|-2.50|3e4", Number, "1234.5 3"},
		{"x", "1,234.50|$5,000|12", Number, "1,234.50 2, 1234.5 1"},
		{"x", "1.234,50|12,5|€ 7,00", Number, "1.234,50 3"},
		{"x", "1 234,50|45 %", Number, "1,234.50 1, 1.234,50 1"},
		{"x", "TRUE|true|no", Boolean, "TRUE 1, no 1, true 1"},
		{"x", "0|1|1", Boolean, "1 2, 0 1"},
		{"x", "1|true", Boolean, "1 1, true 1"},
		{"x", "1|1", Number, "1234.5 2"},
		{"touch_count", "1|0", Number, "1234.5 2"},
		{"x", "2026-05-01|2026-5-2", Date, "YYYY-MM-DD 2"},
		{"x", "2026-05-01 7:05|2026-05-01 17:05:06", Time, "YYYY-MM-DD h:mm 1, YYYY-MM-DD hh:mm:ss 1"},
		{"x", "2026-05-01T07:25:37.000+0000", Time, "YYYY-MM-DDThh:mm:ss.s+0000 1"},
		{"x", "2026-05-01T07:25:37Z|2026-05-01T07:25:37+02:00", Time, "YYYY-MM-DDThh:mm:ss+00:00 1, YYYY-MM-DDThh:mm:ssZ 1"},
		{"x", "2023-11-11 08:18:16.519000 UTC", Time, "YYYY-MM-DD hh:mm:ss.s UTC 1"},
		{"x", "14.06.2026 09:20|1.2.2026 9:05", Time, "DD.MM.YYYY hh:mm 2"},
		{"x", "06/14/2026|01/02/2026", Date, "MM/DD/YYYY 2"},
		{"x", "14/06/2026", Date, "DD/MM/YYYY 1"},
		{"x", "01-02-26 5:05 pm", Time, "DD-MM-YY h:mm am 1"},
		{"x", "5 May 2026|12 Jun 2026", Date, "DD MMM YYYY 2"},
		{"x", "March 5, 2026", Date, "MMMM DD, YYYY 1"},
		{"x", "Mar. 5, 2026", Text, ""},
		{"x", "09:20", Time, "hh:mm 1"},
		{"x", "1772467500000", Number, "1234.5 1"},
		{"created_at", "1772467500000", Time, "milliseconds since 1970 1"},
		{"hs_timestamp", "1772467500", Time, "seconds since 1970 1"},
		{"date", "20260501", Date, "YYYYMMDD 1"},
		{"x", "2026-13-01", Text, ""},
		{"x", "99.99.2026", Text, ""},
	} {
		c := column(t, test.name, test.values)
		var forms []string
		for _, f := range c.Forms {
			forms = append(forms, fmt.Sprintf("%s %d", f.Name, f.Count))
		}
		assert.Equal(t, test.want, c.Type, "%s: %s", test.name, test.values)
		assert.Equal(t, test.forms, strings.Join(forms, ", "), "%s: %s", test.name, test.values)
	}
}

// TestSomeOthers lets a few values be of another type, and tells them.
func TestSomeOthers(t *testing.T) {
	c := column(t, "x", strings.Repeat("5|", 19)+"soon")
	assert.Equal(t, Number, c.Type)
	assert.Equal(t, 1, c.Others)
	assert.Equal(t, "soon", c.Other)
	assert.Equal(t, Text, column(t, "x", "5|6|soon").Type)
}

func TestMixed(t *testing.T) {
	assert.True(t, column(t, "x", "TRUE|true").MixedBooleans())
	assert.False(t, column(t, "x", "TRUE|FALSE").MixedBooleans())
	assert.True(t, column(t, "x", "1.2.2026|2026-02-01").MixedTimes())
	assert.True(t, column(t, "x", "2026-02-01 10:00|2026-02-01 10:00Z").MixedTimes())
	assert.False(t, column(t, "x", "2026-02-01 9:00|2026-02-01 10:00:00").MixedTimes())
	assert.True(t, column(t, "x", "1.2.2026").Unclear)
	assert.True(t, column(t, "x", "1.31.2026|31.1.2026").Unclear)
	assert.False(t, column(t, "x", "31.1.2026|1.2.2026").Unclear)
}

func TestCounts(t *testing.T) {
	found := read(t, "id,stage,none\n1,b,\n2,a,\n1,a,\n,,\n1\n")
	assert.Equal(t, 5, found.Rows)
	assert.Equal(t, 1, found.Blank)
	id, stage, none := found.Column("id"), found.Column("stage"), found.Column("none")
	assert.Equal(t, []Count{{"1", 3}, {"2", 1}}, id.Counts)
	assert.Equal(t, Repeat{"1", 4}, id.Repeat)
	assert.Equal(t, 2, id.Distinct)
	assert.False(t, id.Unique())
	assert.Equal(t, []string{"b", "a"}, stage.Samples)
	assert.Equal(t, 3, stage.Filled)
	assert.True(t, none.Empty())
	assert.Nil(t, found.Column("x"))
}

// TestLists counts rows and values apart.
func TestLists(t *testing.T) {
	c := read(t, `[{"who":[{"id":1},{"id":2}]},{"who":[]},{"who":[{"id":1}]}]`).Columns[0]
	assert.Equal(t, "who.id", c.Path)
	assert.Equal(t, "who", c.List)
	assert.Equal(t, []int{2, 3, 2}, []int{c.Filled, c.Values, c.Distinct})
}

func TestRejects(t *testing.T) {
	text := "a,b\n" + strings.Repeat("1,2,3\n", MaxRejects+2) + "1,2\n"
	found := read(t, text)
	assert.Equal(t, []int{1, MaxRejects + 2, MaxRejects}, []int{found.Rows, found.Rejected, len(found.Rejects)})

	cut := read(t, `[{"id":1},`)
	assert.Equal(t, 1, cut.Rows)
	require.NotNil(t, cut.Stopped)
	assert.Contains(t, cut.Stopped.Reason, "cut off")

	broken := errors.New("gone")
	r, err := table.Open(io.MultiReader(strings.NewReader("a,b\n1,2\n"), iotest.ErrReader(broken)), table.Options{})
	require.NoError(t, err)
	_, err = Read(r, func() {})
	assert.ErrorIs(t, err, broken)
}

// TestBounded keeps a part of what is there, and says so.
func TestBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("id,long\n")
	for i := range MaxDistinct + 10 {
		fmt.Fprintf(&b, "%d,%s\n", i, "é")
	}
	fmt.Fprintf(&b, "1,%s\n", strings.Repeat("é", maxText))
	found := read(t, b.String())
	id, long := found.Columns[0], found.Columns[1]
	assert.True(t, id.Capped)
	assert.Equal(t, MaxDistinct, id.Distinct)
	assert.Nil(t, id.Counts)
	assert.Equal(t, strings.Repeat("é", maxText/2)+"…", long.Counts[1].Value)

	var wide strings.Builder
	wide.WriteString(`[{`)
	for i := range MaxPaths + 1 {
		fmt.Fprintf(&wide, `"c%d":1,`, i)
	}
	wide.WriteString(`"z":1}]`)
	all := read(t, wide.String())
	assert.True(t, all.More)
	assert.Len(t, all.Columns, MaxPaths)
}
