package table

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// dump writes everything that is read from a table, an item a line.
func dump(r io.Reader, o Options) []string {
	t, err := Open(r, o)
	if err != nil {
		return []string{"refused: " + err.Error()}
	}
	var out []string
	for row, err := range t.Rows() {
		var bad *RowError
		switch {
		case errors.As(err, &bad):
			out = append(out, "bad "+bad.Error())
		case err != nil:
			out = append(out, "end "+err.Error())
		default:
			line := fmt.Sprintf("%d:", row.Line)
			for leaf := range row.Leaves() {
				text := leaf.Text
				if leaf.Kind == Null {
					text = "null"
				}
				line += fmt.Sprintf(" %s=%s", leaf.Path, strings.ReplaceAll(text, "\n", "⏎"))
			}
			out = append(out, line)
		}
	}
	for _, n := range t.Notes() {
		out = append(out, fmt.Sprintf("note %s at %d: %s", n.Code, n.Line, n.Text))
	}
	return out
}

func TestCSV(t *testing.T) {
	for _, test := range []struct {
		name, in string
		want     []string
	}{
		{"plain", "id,name\n1,Acme\n2,\n", []string{"2: id=1 name=Acme", "3: id=2 name="}},
		{"no line end at the end", "id,name\n1,Acme", []string{"2: id=1 name=Acme"}},
		{"quotes", "id,name\n1,\"Acme, \"\"the\"\"\"\n2,\"\"\n", []string{`2: id=1 name=Acme, "the"`, "3: id=2 name="}},
		{"a quoted line break", "id,note\n1,\"a\nb\"\n2,c\n", []string{"2: id=1 note=a⏎b", "4: id=2 note=c"}},
		{"a quoted CRLF", "id,note\r\n1,\"a\r\nb\"\r\n2,c\r\n", []string{"2: id=1 note=a⏎b", "4: id=2 note=c"}},
		{"CR alone", "id,name\r1,Acme\r2,Beta\r", []string{"2: id=1 name=Acme", "3: id=2 name=Beta", "note line_ends at 0: lines end in CR alone"}},
		{"mixed line ends", "id\r\n1\n2\r3", []string{"2: id=1", "3: id=2", "4: id=3", "note line_ends at 0: lines end in different ways"}},
		{"blank lines", "\n \nid\n\n1\n\n\n2\n\n", []string{"5: id=1", "8: id=2"}},
		{"a byte-order mark", "\ufeff\"id\",name\n1,Acme\n", []string{"2: id=1 name=Acme", "note byte_order_mark at 1: begins with a byte-order mark"}},
		{"semicolons", "id;\"name; long\";size\n1;Acme, Inc.;5,5\n", []string{"2: id=1 name; long=Acme, Inc. size=5,5"}},
		{"tabs", "id\tname\n1\tAcme, Inc.\n", []string{"2: id=1 name=Acme, Inc."}},
		{"bars", "id|name\n1|Acme\n", []string{"2: id=1 name=Acme"}},
		{"commas in a name beside semicolons", "id;value (EUR, net)\n1;5\n", []string{"2: id=1 value (EUR, net)=5"}},
		{"a hint", "sep=|\nid|a;b\n1|2;3\n", []string{"3: id=1 a;b=2;3"}},
		{"no hint", "sep=x,b\n1,2\n", []string{"2: sep=x=1 b=2"}},
		{"one column", "id\n1\n", []string{"2: id=1"}},
		{"header only", "id,name\n", nil},
		{"header only, no line end", "id,name", nil},
		{"empty", "", nil},
		{"blank", " \n\r\n\t", nil},
		{"space around names", " id , name\n1,Acme \n", []string{"2: id=1 name=Acme "}},
		{"a short row", "id,name,size\n1,Acme\n", []string{"2: id=1 name=Acme", "note short_rows at 2: 2 fields where the header has 3"}},
		{"a long row of nothing", "id,name\n1,Acme,, ,\n", []string{"2: id=1 name=Acme", "note long_rows at 2: 5 fields where the header has 2, the rest blank"}},
		{
			"a long row", "id,name\n1,Acme,Inc.\n2,Beta\n",
			[]string{"bad f:2: 3 fields where the header has 2: does a field hold a comma without quotes around it?", "3: id=2 name=Beta"},
		},
		{
			"names twice", "id,name,name,,name,\n1,a,b,c,d,e\n",
			[]string{
				"2: id=1 name=a name#2=b #4=c name#3=d #6=e",
				`note duplicate_column at 1: 3 columns are called "name": the first has the name, the next is "name#2"`,
				`note unnamed_columns at 1: 2 columns without a name: called by their places, such as "#7"`,
			},
		},
		{
			"a name that another makes", "a,a,a#2\n1,2,3\n",
			[]string{"2: a=1 a#2'=2 a#2=3", `note duplicate_column at 1: 2 columns are called "a": the first has the name, the next is "a#2'"`},
		},
		{"a quote inside a field", "id,size\n1,5\" pipe\n", []string{`2: id=1 size=5" pipe`}},
		{
			"quotes that are not doubled", "id,name\n1,\"the \"big\" one\"\n",
			[]string{`2: id=1 name=the "big" one`, "note loose_quotes at 2: quotes inside a quoted field are not doubled"},
		},
		{
			"a quote that is never closed", "id,name\n1,\"Acme\n2,Beta\n3,Gamma\n",
			[]string{"bad f:2: the quote that opens on line 2 at character 3 is never closed", "3: id=2 name=Beta", "4: id=3 name=Gamma"},
		},
		{
			"a quote that another would close", "id,name,x\n1,\"Acme,x\n2,\"Beta\",y\n3,Gamma,z\n",
			[]string{"bad f:2: the quote that opens on line 2 at character 3 is never closed", "3: id=2 name=Beta x=y", "4: id=3 name=Gamma x=z"},
		},
		{
			"one behind a field of several lines", "id,a,b\n1,\"x\ny\",\"z\n2,Beta,y\n",
			[]string{"bad f:2: the quote that opens on line 3 at character 4 is never closed", "4: id=2 a=Beta b=y"},
		},
		{
			"never closed on many lines", "id\n\"a\n\"\"b\n\"c\"\n",
			[]string{
				"bad f:2: the quote that opens on line 2 at character 1 is never closed",
				"bad f:3: the quote that opens on line 3 at character 1 is never closed",
				"4: id=c",
			},
		},
		{"a header that is never closed", "id,\"name\n1,Acme\n", []string{"refused: f:1: the header: the quote that opens on line 1 at character 4 is never closed"}},
		{
			"Windows-1252", "id,name\n1,Acme\n2,M\xfcller \x80\n3,\"S\xf8\"\"n\"\n",
			[]string{
				"2: id=1 name=Acme", "3: id=2 name=Müller €", `4: id=3 name=Sø"n`,
				"note windows_1252 at 3: is not UTF-8, and was read as Windows-1252: save it as UTF-8 if letters come out wrong",
			},
		},
		{
			"a bad row of UTF-8", "id,name\n1,Müller\n2,M\xfcller\n3,x\n",
			[]string{"2: id=1 name=Müller", "bad f:3: " + notUTF8, "4: id=3 name=x"},
		},
		{"no Windows-1252 either", "id\n\x81\n", []string{"bad f:2: " + notUTF8}},
		{"a name with a dot", "a.b,c\n1,2\n", []string{"2: a.b=1 c=2"}},
		{"a column like a list", "[id],name\n1,2\n", []string{"2: [id]=1 name=2"}},
		{"a workbook", "PK\x03\x04....", []string{"refused: f: this is a workbook or a ZIP file: save the sheet as CSV, or unpack it"}},
		{"HTML", "<table><tr>", []string{"refused: f: this is HTML or XML, whatever its name says: export the table as CSV or JSON"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, dump(strings.NewReader(test.in), Options{Name: "f"}))
			assert.Equal(t, test.want, dump(iotest.OneByteReader(strings.NewReader(test.in)), Options{Name: "f"}), "byte by byte")
		})
	}
}

func TestJSON(t *testing.T) {
	for _, test := range []struct {
		name, in, each string
		want           []string
	}{
		{"an array", "[\n{\"id\":1.50,\"ok\":true,\"x\":null},\n {\"id\":\"b\"}\n]\n", "", []string{"2: id=1.50 ok=true x=null", "3: id=b"}},
		{"an empty array", "[]", "", nil},
		{"nothing in it", "{}", "", []string{"1:"}},
		{
			"HubSpot", "{\"paging\":{\"next\":[1,{}]},\n\"results\":[\n {\"id\":\"1\",\"properties\":{\"dealstage\":\"won\"}}]}", "",
			[]string{"3: id=1 properties.dealstage=won"},
		},
		{"Salesforce", `{"totalSize":1,"done":true,"records":[{"attributes":{"type":"Task"},"Id":"00T"}]}`, "", []string{"1: attributes.type=Task Id=00T"}},
		{"Pipedrive", `{"success":true,"data":[{"id":1},{"id":2}],"additional_data":{}}`, "", []string{"1: id=1", "1: id=2"}},
		{"no results", `{"success":true,"data":null,"x":1}`, "data", nil},
		{"any other name", `{"n":1,"deals":[{"id":1}]}`, "", []string{"1: id=1"}},
		{"an object with a list is a row", `{"id":1,"items":[{"sku":"a"},{"sku":"b"}]}`, "", []string{"1: id=1 items.sku=a items.sku=b"}},
		{"two lists", `{"a":[{"id":1}],"b":[{"id":2}]}`, "", []string{"refused: f: there are several lists of objects in this file: say which has the rows, a or b"}},
		{"two lists, one named", `{"a":[{"id":1}],"b":[{"id":2}]}`, "b", []string{"1: id=2"}},
		{"a path", `{"data":{"items":[{"id":1}]}}`, "data.items", []string{"1: id=1"}},
		{"a path with dots in a name", `{"v2.Deal":{"fields":[{"id":1}]}}`, "v2.Deal.fields", []string{"1: id=1"}},
		{"through an array", "[{\"Opportunity\":{\"Id\":1},\n\"Task\":[{\"Id\":2},\n{\"Id\":3}]},{\"Task\":[]},{\"Task\":null}]", "Task", []string{"2: Id=2", "3: Id=3"}},
		{"an object of each element", `[{"Deal":{"Id":1}},{"Deal":{"Id":2}}]`, "Deal", []string{"1: Id=1", "1: Id=2"}},
		{"a path to nowhere", `{"result":[{"id":1}],"page":2}`, "results", []string{`end f: there is no "results" in this file: there is result, page`}},
		{"a path to nowhere in rows", `[{"a":1},{"b":1}]`, "x", []string{`end f: there is no "x" in this file: there is a, b`}},
		{"a path to a text", `{"results":"none"}`, "results", []string{"bad f:1: this is no object"}},
		{"lines", "{\"id\":1}\n\n{\"id\":2,\"x\":[1,2]}\n", "", []string{"1: id=1", "3: id=2 x=1 x=2"}},
		{"lines, one is bad", "{\"id\":1}\n{\"id\":NaN}\n{\"id\":2\n{\"id\":3} x\n7\n{\"id\":4}", "", []string{
			"1: id=1",
			"bad f:2: id: this is no JSON: invalid character 'N' at start of value",
			"bad f:3: this is no JSON: unexpected EOF",
			"bad f:4: there is more behind the end of the object",
			"bad f:5: this is no object",
			"6: id=4",
		}},
		{"lines of pages", "{\"results\":[{\"id\":1}]}\n{\"results\":[{\"id\":2}]}\n", "", []string{"1: id=1", "2: id=2"}},
		{"one behind the other", "{\n\"id\":1}{\"id\":2}\n {\"id\":3\n}", "", []string{"1: id=1", "2: id=2", "3: id=3"}},
		{"a fault in a row", "[{\"id\":1},\n{\"amount\":NaN},\n{\"id\":2}]", "", []string{"1: id=1", "bad f:2: amount: this is no JSON: invalid character 'N' at start of value", "3: id=2"}},
		{"no objects", `[1,null,"a",{"id":1}]`, "", []string{"bad f:1: this is no object", "bad f:1: this is no object", "bad f:1: this is no object", "1: id=1"}},
		{"cut off between rows", `[{"id":1},`, "", []string{"1: id=1", "end f:1: the file ends inside the list that begins on line 1: it is cut off"}},
		{"cut off in a row", "[{\"id\":1},\n{\"id\":\"a", "", []string{"1: id=1", "end f:2: the file ends inside the value that begins on line 2: it is cut off"}},
		{"cut off around rows", "{\"results\":[{\"id\":1}]", "", []string{"1: id=1", "end f:1: the file ends inside the object that begins on line 1: it is cut off"}},
		{"no comma", `[{"id":1} {"id":2}]`, "", []string{"1: id=1", `end f:1: this is no JSON: a comma or ] is expected here, and not '{'`}},
		{"a name twice", `[{"id":1,"id":2}]`, "", []string{"1: id=1", `note repeated_name at 1: an object has "id" twice: the first counts`}},
		{"brackets in texts", `[{"id":"}]\"{"},{"id":"\\"}]`, "", []string{`1: id=}]"{`, `1: id=\`}},
		{"not UTF-8", "[{\"id\":\"é\"},{\"id\":\"\xe9\"},{\"id\":1}]", "", []string{"1: id=é", "bad f:1: " + notUTF8, "1: id=1"}},
		{"too deep", `[{"a":` + strings.Repeat("[", MaxDepth) + strings.Repeat("]", MaxDepth) + `},{"id":1}]`, "", []string{
			"bad f:1: objects and arrays are nested more than 64 deep, the limit", "1: id=1",
		}},
		{"too deep around", strings.Repeat("[", 100), "", []string{"end f:1: objects and arrays are nested more than 64 deep, the limit"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, dump(strings.NewReader(test.in), Options{Name: "f", Each: test.each}))
			assert.Equal(t, test.want, dump(iotest.OneByteReader(strings.NewReader(test.in)), Options{Name: "f", Each: test.each}), "byte by byte")
		})
	}
}

// TestLimits passes over rows that are too long, and names the limit.
func TestLimits(t *testing.T) {
	long := strings.Repeat("x", 200<<10)
	limit := Options{Name: "f", MaxRow: 1 << 10}
	for name, in := range map[string]string{
		"csv":    "id,name\n1," + long + "\n2,b\n",
		"commas": "id,name\n" + strings.Repeat(",", 200<<10) + "\n2,b\n",
		"quoted": "id,name\n1,\"" + long + "\"\n2,b\n",
		"json":   `[{"id":1,"name":"` + long + "\"},\n\n{\"id\":2,\"name\":\"b\"}]",
		"many":   `[{"id":[` + strings.Repeat("1,", 100<<10) + "1]},\n\n{\"id\":2,\"name\":\"b\"}]",
		"lines":  "{\"a\":1}\n" + `{"id":1,"name":"` + long + "\"}\n{\"id\":2,\"name\":\"b\"}",
	} {
		got := dump(strings.NewReader(in), limit)
		if name == "lines" {
			got = got[1:]
		}
		require.Len(t, got, 2, name)
		assert.Regexp(t, `^bad f:[12]: .*1 KiB, the limit`, got[0], name)
		assert.Equal(t, "3: id=2 name=b", got[1], name)
	}
	assert.Equal(t, []string{"refused: f:1: the header: the row has more than 1 KiB, the limit"}, dump(strings.NewReader(long), limit))
	assert.Equal(t, []string{"refused: f:1: the header has more than 10000 columns, the limit"},
		dump(strings.NewReader(strings.Repeat("a,", MaxColumns)+"a"), Options{Name: "f"}))
}

// TestEncodings reads the same table in all encodings.
func TestEncodings(t *testing.T) {
	table := "id,name\r\n1,Müller 😀\r\n"
	wide := func(text string, order [2]int) string {
		var b []byte
		for _, u := range utf16.Encode([]rune(text)) {
			pair := [2]byte{byte(u), byte(u >> 8)}
			b = append(b, pair[order[0]], pair[order[1]])
		}
		return string(b)
	}
	little, big := [2]int{0, 1}, [2]int{1, 0}
	for name, in := range map[string]string{
		"little-endian":               wide("\ufeff"+table, little),
		"big-endian":                  wide("\ufeff"+table, big),
		"little-endian without a BOM": wide(table, little),
		"big-endian without a BOM":    wide(table, big),
	} {
		for _, r := range []io.Reader{strings.NewReader(in), iotest.OneByteReader(strings.NewReader(in))} {
			got := dump(r, Options{})
			assert.Equal(t, "2: id=1 name=Müller 😀", got[0], name)
			assert.Contains(t, got[1], "note utf16", name)
		}
	}
	half := dump(strings.NewReader(wide("\ufeffid\nab", little)+"\x00"), Options{})
	assert.Equal(t, "2: id=ab\ufffd", half[0])
}

func TestGzip(t *testing.T) {
	var packed bytes.Buffer
	w := gzip.NewWriter(&packed)
	_, err := w.Write([]byte("id\n1\n2\n"))
	require.NoError(t, err)
	require.NoError(t, w.Close())
	whole := packed.Bytes()
	assert.Equal(t, []string{"2: id=1", "3: id=2", "note gzip at 0: packed with gzip"}, dump(bytes.NewReader(whole), Options{}))

	cut := dump(bytes.NewReader(whole[:len(whole)-8]), Options{Name: "f"})
	assert.Contains(t, cut, "end f:4: can not be read beyond this line: unexpected EOF")
	assert.Equal(t, []string{"refused: f: can not be read: unexpected EOF"}, dump(bytes.NewReader(whole[:5]), Options{Name: "f"}))
}

// TestBrokenReader uses the rows that came whole, and no half row.
func TestBrokenReader(t *testing.T) {
	broken := errors.New("the disk is gone")
	for _, in := range []string{"id,name\n1,a\n2,be", "id,name\n1,a\n2,\"be", "{\"id\":1}\n{\"id\":2}\n{\"id", `[{"id":1},{"id`, `[{"id":1}`, `[{"id":1},`} {
		got := dump(io.MultiReader(strings.NewReader(in), iotest.ErrReader(broken)), Options{Name: "f"})
		require.NotEmpty(t, got, in)
		assert.Contains(t, got[0], "id=1", in)
		assert.Regexp(t, `^end f:[1-3]: can not be read beyond this line: the disk is gone$`, got[len(got)-1], in)
		assert.NotContains(t, strings.Join(got, " "), "=be", in)
		assert.NotContains(t, strings.Join(got, " "), "bad ", in)
	}
	_, err := Open(iotest.ErrReader(broken), Options{})
	assert.ErrorIs(t, err, broken)
}
