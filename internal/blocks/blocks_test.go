package blocks_test

import (
	"bytes"
	"errors"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/advance-sales/advance/internal/blocks"
)

// read gathers the lines of a file; long ones are told by a mark.
func read(t testing.TB, r io.Reader, limit int) (lines []string, err error) {
	t.Helper()
	next := 1
	for b, err := range blocks.Read(r, limit) {
		if err != nil {
			return lines, err
		}
		require.Equal(t, next, b.First)
		for n, line := range b.Lines() {
			require.Equal(t, next, n)
			if len(line) > limit {
				line = []byte("<long>")
			}
			lines, next = append(lines, string(line)), next+1
		}
	}
	return lines, nil
}

func TestLines(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		want []string
	}{
		"nothing":           {"", nil},
		"one":               {"a", []string{"a"}},
		"ended":             {"a\n", []string{"a"}},
		"blank":             {"\n\na\n\n", []string{"", "", "a", ""}},
		"windows":           {"a\r\nb\r\n", []string{"a", "b"}},
		"a mark":            {"\ufeffa\n\ufeffb", []string{"a", "\ufeffb"}},
		"longer than block": {strings.Repeat("x", 3*blocks.Size) + "\nb", []string{strings.Repeat("x", 3*blocks.Size), "b"}},
	} {
		t.Run(name, func(t *testing.T) {
			for _, r := range []io.Reader{
				strings.NewReader(c.text), iotest.OneByteReader(strings.NewReader(c.text)),
				iotest.DataErrReader(strings.NewReader(c.text)), iotest.HalfReader(strings.NewReader(c.text)),
			} {
				got, err := read(t, r, 1<<20)
				require.NoError(t, err)
				assert.Equal(t, c.want, got)
			}
		})
	}
}

func TestLongLinesAreToldAndPassedOver(t *testing.T) {
	long := strings.Repeat("x", 5*blocks.Size)
	for _, text := range []string{"a\n" + long + "\nb\n", "a\n" + long, long + "\nb"} {
		got, err := read(t, iotest.HalfReader(strings.NewReader(text)), blocks.Size)
		require.NoError(t, err)
		want := strings.Split(strings.TrimSuffix(strings.ReplaceAll(text, long, "<long>"), "\n"), "\n")
		assert.Equal(t, want, got)
	}
}

func TestAnErrorComesAfterWhatWasRead(t *testing.T) {
	broken := errors.New("the cable")
	got, err := read(t, io.MultiReader(strings.NewReader("a\nb\nhalf"), iotest.ErrReader(broken)), 1<<20)
	require.ErrorIs(t, err, broken)
	assert.Equal(t, []string{"a", "b"}, got)
	_, err = read(t, stuck{}, 1<<20)
	require.ErrorIs(t, err, io.ErrNoProgress)
}

type stuck struct{}

func (stuck) Read([]byte) (int, error) { return 0, nil }

// Any cut of any text gives the lines of the text.
func TestAnyCut(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		var text bytes.Buffer
		var want []string
		for range rng.IntN(50) {
			line := strings.Repeat("é", rng.IntN(3000))
			want = append(want, line)
			text.WriteString(line + "\n")
		}
		got, err := read(t, &ragged{text.Bytes(), rng}, 1<<20)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
}

// ragged reads as much as it likes at a time.
type ragged struct {
	rest []byte
	rng  *rand.Rand
}

func (r *ragged) Read(p []byte) (int, error) {
	n := copy(p[:min(len(p), 1+r.rng.IntN(9000))], r.rest)
	if r.rest = r.rest[n:]; n == 0 {
		return 0, io.EOF
	}
	return n, nil
}

func TestMapKeepsTheOrder(t *testing.T) {
	in, stop := make(chan int), make(chan struct{})
	go func() {
		defer close(in)
		for i := range 10000 {
			in <- i
		}
	}()
	i := 0
	for out := range blocks.Map(in, stop, func(n int) int {
		if n%7 == 0 {
			for range 1000 { // some take longer
				n++
			}
			n -= 1000
		}
		return 2 * n
	}) {
		require.Equal(t, 2*i, out)
		i++
	}
	assert.Equal(t, 10000, i)
}

func TestMapStops(t *testing.T) {
	in, stop := make(chan int), make(chan struct{})
	go func() {
		for i := 0; ; i++ {
			select {
			case in <- i:
			case <-stop:
				return
			}
		}
	}()
	out := blocks.Map(in, stop, func(n int) int { return n })
	<-out
	close(stop)
	for range out { // closed soon
		continue
	}
}
