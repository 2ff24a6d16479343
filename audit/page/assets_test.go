package page

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// libraryHash is the checksum of assets/plot/plot.min.js as assets/plot/build.sh
// makes it.
const libraryHash = "cefd01d70064c0c697cbe2746d519c4664e32281b4c3e47bfcaf453b58761713"

// The library is what its script makes, of the version that the script names.
func TestLibrary(t *testing.T) {
	content := asset("plot/plot.min.js")
	sum := sha256.Sum256([]byte(content))
	assert.Equal(t, libraryHash, hex.EncodeToString(sum[:]))

	var made struct{ Dependencies map[string]string }
	text, err := os.ReadFile("assets/plot/package.json")
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &made))
	version := made.Dependencies["@observablehq/plot"]
	assert.Contains(t, content[:100], "Observable Plot "+version+" ")

	licence := asset("plot/LICENSE")
	assert.Contains(t, licence, "== @observablehq/plot "+version+" ==")
	assert.NotContains(t, licence, "*/", "it stands in a comment")
	assert.NotContains(t, content, "</script")
}

// Every script is part of the program, in a place of its own.
func TestProgram(t *testing.T) {
	files, err := assets.ReadDir("assets/app")
	require.NoError(t, err)
	for _, file := range files {
		text := asset("app/" + file.Name())
		assert.Equal(t, 1, strings.Count(app, text), file.Name())
		assert.LessOrEqual(t, strings.Count(text, "\n"), 400, file.Name())
		assert.NotRegexp(t, regexp.MustCompile(`innerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|fetch\(|https?://(www\.w3\.org)?[^/"]`), strings.ReplaceAll(text, `"http://www.w3.org/2000/svg"`, ""), file.Name())
	}
}
