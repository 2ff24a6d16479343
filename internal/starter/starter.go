package starter

import (
	"bytes"
	"fmt"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/advance-sales/advance/cases"
	"github.com/advance-sales/advance/process"
	"github.com/advance-sales/advance/schema"
)

// File is a file to begin with.
type File struct {
	Name    string // beside the process, or its path
	Content []byte
}

// The schemas that editors check the documents by.
const (
	processSchema = "process.schema.json"
	casesSchema   = "cases.schema.json"
)

// Files returns what it takes to begin with a built-in process: the process in
// a file of the given name, its cases, and the schemas of both, which stand
// beside it. The error of an unknown process names the nearest.
func Files(file, builtin string) ([]File, error) {
	source, err := process.BuiltinSource(builtin)
	if err != nil {
		return nil, err
	}
	examples, err := cases.BuiltinSource(builtin)
	if err != nil {
		return nil, err
	}
	files := []File{
		{file, own(source, builtin, ID(file))},
		{CasesName(file), ownCases(examples, builtin, filepath.Base(file))},
	}
	for name, kind := range map[string]string{processSchema: "process", casesSchema: "cases"} {
		text, err := schema.JSON(kind)
		if err != nil {
			return nil, fmt.Errorf("starting a process: %w", err)
		}
		files = append(files, File{filepath.Join(filepath.Dir(file), name), text})
	}
	if files[2].Name > files[3].Name {
		files[2], files[3] = files[3], files[2]
	}
	return files, nil
}

// CasesName is the name of the file with the cases of a process.
func CasesName(file string) string {
	return strings.TrimSuffix(file, filepath.Ext(file)) + ".cases.yaml"
}

var notForIDs = regexp.MustCompile(`[^A-Za-z0-9_-]+`)

// ID makes the id of a process from the name of its file.
func ID(file string) string {
	base := filepath.Base(file)
	id := strings.Trim(notForIDs.ReplaceAllString(strings.TrimSuffix(base, filepath.Ext(base)), "-"), "-")
	if id == "" {
		return "my-process"
	}
	return id
}

// own makes of a built-in document one that its reader can change: with an id
// of its own, and with a lesson before each of its parts. The comments that it
// has stay where they are.
func own(source []byte, builtin, id string) []byte {
	var out bytes.Buffer
	out.WriteString("# yaml-language-server: $schema=./" + processSchema + "\n#\n")
	out.WriteString(opening)
	out.WriteString("#\n# What it was started from:\n#\n")
	var waiting []string // comments and blank lines that belong to what follows
	for line := range strings.Lines(string(source)) {
		if line == "id: "+builtin+"\n" {
			line = "id: " + id + "\n"
		}
		if line == "\n" || strings.HasPrefix(line, "#") {
			waiting = append(waiting, line)
			continue
		}
		key, _, _ := strings.Cut(line, ":")
		if lesson := lessons[key]; lesson != "" {
			for len(waiting) > 0 && waiting[len(waiting)-1] != "\n" {
				lesson += waiting[len(waiting)-1] // a comment of its own goes with the part
				waiting = waiting[:len(waiting)-1]
			}
			out.WriteString(strings.Join(waiting, ""))
			if len(waiting) == 0 {
				out.WriteString("\n")
			}
			out.WriteString(lesson)
		} else {
			out.WriteString(strings.Join(waiting, ""))
		}
		waiting = nil
		out.WriteString(line)
	}
	out.WriteString(strings.Join(waiting, ""))
	return out.Bytes()
}

// ownCases makes of the cases of a built-in process those of one in a file.
func ownCases(source []byte, builtin, file string) []byte {
	head := "# yaml-language-server: $schema=./" + casesSchema + "\n#\n" + casesOpening + "#\n"
	text := strings.Replace(string(source), "\nprocess: "+builtin+"\n", "\nprocess: "+quoted(file)+"\n", 1)
	text = strings.Replace(text, `built-in process "`+builtin+`"`, "process", 1)
	return []byte(head + text)
}

var plainName = regexp.MustCompile(`^[A-Za-z0-9_][A-Za-z0-9_./-]*$`)

// quoted writes a file name as a YAML scalar that begins with "./" where it
// could be taken for the name of a built-in process.
func quoted(file string) string {
	if !strings.ContainsAny(file, ".") {
		file = "./" + file
	}
	if plainName.MatchString(file) || strings.HasPrefix(file, "./") && plainName.MatchString(file[2:]) {
		return file
	}
	return "'" + strings.ReplaceAll(file, "'", "''") + "'"
}
