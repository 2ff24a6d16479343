package table

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func rowsOf(t *testing.T, text string, o Options) []Row {
	t.Helper()
	r, err := Open(strings.NewReader(text), o)
	require.NoError(t, err)
	var rows []Row
	for row, err := range r.Rows() {
		require.NoError(t, err)
		rows = append(rows, row)
	}
	return rows
}

func TestValue(t *testing.T) {
	csv := rowsOf(t, "id,blank,a.b,late\n 1 , ,x\n", Options{})[0]
	object := rowsOf(t, `[{"id":12.50,"ok":false,"none":null,"blank":" ","a.b":"dotted","a":{"b":"nested","c":"deep","d.e":1},
		"list":[{"v":1},{"v":"2"},{"w":3}],"plain":["x","","y"],"nest":{"list":[[1],[2,3]]}}]`, Options{})[0]
	for _, test := range []struct {
		row  Row
		path string
		text string
		kind Kind
		list []string
	}{
		{csv, "id", " 1 ", Text, []string{" 1 "}},
		{csv, "blank", " ", Blank, nil},
		{csv, "a.b", "x", Text, []string{"x"}},
		{csv, "late", "", Absent, nil},
		{csv, "a", "", Absent, nil},

		{object, "id", "12.50", Number, []string{"12.50"}},
		{object, "ok", "false", Bool, []string{"false"}},
		{object, "none", "", Null, nil},
		{object, "blank", " ", Blank, nil},
		{object, "a.b", "dotted", Text, []string{"dotted", "nested"}},
		{object, "a.c", "deep", Text, []string{"deep"}},
		{object, "a.d.e", "1", Number, []string{"1"}},
		{object, "a.x", "", Absent, nil},
		{object, "a", "", Object, nil},
		{object, "list", "", Array, nil},
		{object, "list.v", "", Absent, []string{"1", "2"}},
		{object, "list.1.v", "2", Text, []string{"2"}},
		{object, "list.7.v", "", Absent, nil},
		{object, "plain", "", Array, []string{"x", "y"}},
		{object, "nest.list", "", Array, []string{"1", "2", "3"}},
		{object, "../id", "", Absent, nil},
		{object, "id.x", "", Absent, nil},
	} {
		text, ok := test.row.Value(test.path)
		assert.Equal(t, test.text, text, test.path)
		assert.Equal(t, test.kind == Text || test.kind == Number || test.kind == Bool, ok, test.path)
		assert.Equal(t, test.kind, test.row.Kind(test.path), test.path)
		assert.Equal(t, test.list, test.row.List(test.path), test.path)
	}
}

// TestOuter looks from a row into what it was found in.
func TestOuter(t *testing.T) {
	rows := rowsOf(t, `[{"Deal":{"Id":"D1"},"Task":[{"Id":1},{"Id":2,"Who":[{"Id":"x"}]}]}]`, Options{Each: "Task"})
	require.Len(t, rows, 2)
	deal, ok := rows[1].Value("../Deal.Id")
	assert.True(t, ok)
	assert.Equal(t, "D1", deal)
	assert.Equal(t, []string{"1", "2"}, rows[0].List("../Task.Id"))
	assert.Equal(t, Absent, rows[0].Kind("../../Deal.Id"))

	who := rowsOf(t, `[{"Deal":{"Id":"D1"},"Task":[{"Id":2,"Who":[{"Id":"x"}]}]}]`, Options{Each: "Task.Who"})[0]
	for path, want := range map[string]string{"Id": "x", "../Id": "2", "../../Deal.Id": "D1"} {
		got, _ := who.Value(path)
		assert.Equal(t, want, got, path)
	}
	part := rowsOf(t, `[{"n":7,"a":{"b":{"Id":"x"}}}]`, Options{Each: "a.b"})[0]
	n, _ := part.Value("../n")
	assert.Equal(t, "7", n)
}

func TestBlank(t *testing.T) {
	rows := rowsOf(t, "id,name\n,\n1,\n , \n", Options{})
	assert.Equal(t, []bool{true, false, true}, []bool{rows[0].Blank(), rows[1].Blank(), rows[2].Blank()})
	rows = rowsOf(t, `[{"id":null,"x":[" "]},{"id":0}]`, Options{})
	assert.Equal(t, []bool{true, false}, []bool{rows[0].Blank(), rows[1].Blank()})
}

func TestRaw(t *testing.T) {
	assert.Equal(t, "1,\"a\r\nb\"", rowsOf(t, "id,name\r\n1,\"a\r\nb\"\r\n", Options{})[0].Raw())
	assert.Equal(t, `{"id": 2}`, rowsOf(t, `[{"x":[{"id":1}, {"id": 2}]}]`, Options{Each: "x"})[1].Raw())
	bad := rowsOf(t, "id\n1\n", Options{Name: "deals.csv"})[0].Reject("id", "is no id")
	assert.Equal(t, "deals.csv:2: id: is no id", bad.Error())
	assert.Equal(t, "1", bad.Raw)
}

// TestRawOfBadRows keeps what could not be read, for a file of rejects.
func TestRawOfBadRows(t *testing.T) {
	for in, want := range map[string]string{
		"id,name\n1,\"Acme\n2,b\n":          "1,\"Acme",
		"id,name\n1,a,b\n":                  "1,a,b",
		"id\nü\n\xfc\n":                     "\ufffd",
		"[{\"id\":1},{\"id\":NaN}]":         `{"id":NaN}`,
		"{\"id\":1}\n{\"id\":2\n{\"id\":3}": `{"id":2`,
	} {
		r, err := Open(strings.NewReader(in), Options{})
		require.NoError(t, err)
		var raw []string
		for _, err := range r.Rows() {
			if bad, ok := err.(*RowError); ok {
				raw = append(raw, bad.Raw)
			}
		}
		assert.Equal(t, []string{want}, raw, in)
	}
}

func TestColumns(t *testing.T) {
	r, err := Open(strings.NewReader("a;b;;a\n"), Options{Name: "f"})
	require.NoError(t, err)
	assert.Equal(t, []string{"a", "b", "#3", "a#2"}, r.Columns())
	assert.Equal(t, byte(';'), r.Separator())
	assert.Equal(t, CSV, r.Format())
	assert.Equal(t, "f", r.Name())

	r, err = Open(strings.NewReader(`{"records":[]}`), Options{})
	require.NoError(t, err)
	assert.Equal(t, JSON, r.Format())
	assert.Equal(t, "records", r.Each())
	assert.Nil(t, r.Columns())
	for range r.Rows() {
		t.Fatal("there are no rows")
	}
}

func TestLeaves(t *testing.T) {
	row := rowsOf(t, `[{"a":{"b":1},"list":[{"x":[2]},{"x":3}],"plain":["y"],"":{"z":4}}]`, Options{})[0]
	var got []Leaf
	for leaf := range row.Leaves() {
		got = append(got, leaf)
	}
	assert.Equal(t, []Leaf{
		{Path: "a.b", Kind: Number, Text: "1"},
		{Path: "list.x", Kind: Number, Text: "2", In: true, List: "list"},
		{Path: "list.x", Kind: Number, Text: "3", In: true, List: "list"},
		{Path: "plain", Kind: Text, Text: "y", In: true, List: "plain"},
		{Path: ".z", Kind: Number, Text: "4"},
	}, got)
	assert.Equal(t, []string{"2", "3"}, row.List("list.x"))
	assert.Equal(t, []string{"4"}, row.List(".z"))
	for range row.Leaves() {
		break
	}
}
