package table

import (
	"io"
	"runtime"
	"strconv"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// endless makes a file of any length without holding it.
type endless struct {
	begin string
	row   func(i int) string
	end   string
	rows  int
	i     int
	rest  []byte
}

func (e *endless) Read(p []byte) (int, error) {
	if len(e.rest) == 0 {
		switch {
		case e.i == 0:
			e.rest = []byte(e.begin)
		case e.i <= e.rows:
			e.rest = []byte(e.row(e.i))
		case e.i == e.rows+1:
			e.rest = []byte(e.end)
		default:
			return 0, io.EOF
		}
		e.i++
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

// TestStream reads many rows in little memory.
func TestStream(t *testing.T) {
	csvRow := func(i int) string { return strconv.Itoa(i) + ",\"a name, quoted\",12.50\r\n" }
	object := func(i int) string { return `{"id":` + strconv.Itoa(i) + `,"properties":{"name":"Acme"}}` }
	const rows = 60_000
	for name, file := range map[string]*endless{
		"csv":   {begin: "id,name,amount\r\n", row: csvRow},
		"lines": {row: func(i int) string { return object(i) + "\n" }},
		"json":  {begin: `{"results":[{"id":0}`, row: func(i int) string { return "," + object(i) }, end: "]}"},
		// The quote is never closed, and so is that on every further line.
		"quotes": {begin: "id,name\n", row: func(int) string { return "\"\"x,y\n" }},
	} {
		t.Run(name, func(t *testing.T) {
			file.rows = rows
			r, err := Open(file, Options{MaxRow: 1 << 20})
			require.NoError(t, err)
			n, most, last := 0, uint64(0), ""
			for row, err := range r.Rows() {
				if n++; n%10_000 == 0 {
					var m runtime.MemStats
					runtime.GC()
					runtime.ReadMemStats(&m)
					most = max(most, m.HeapAlloc)
				}
				if name == "quotes" {
					require.Error(t, err)
					continue
				}
				require.NoError(t, err)
				last, _ = row.Value("id")
			}
			assert.GreaterOrEqual(t, n, rows)
			assert.Less(t, most, uint64(6<<20))
			if name != "quotes" {
				assert.Equal(t, strconv.Itoa(rows), last)
			}
		})
	}
}
