// Package table reads the tables that other systems export: CSV, JSON and JSON
// lines, packed with gzip or not, row by row and with all that real exports get
// wrong. What it costs does not grow with the number of rows.
//
//	t, err := table.Open(file, table.Options{Name: "deals.csv"})
//	for row, err := range t.Rows() {
//		var bad *table.RowError
//		switch {
//		case errors.As(err, &bad): // this row can not be read; the rest goes on
//		case err != nil: // the rest of the file can not be read
//		default:
//			id, ok := row.Value("deal_id")
//		}
//	}
//
// # Formats
//
// What a file is shows in its first bytes, never in its name.
//
// CSV has the names of its columns in its first line that is not blank, and
// fields that are separated by commas, semicolons, tabs or bars: whichever the
// first lines agree on, or what a first line such as "sep=;" says. Lines end in
// LF, CRLF or CR, also mixed. A quote inside a field that does not begin with one
// is a quote. A quote that is never closed spoils its line alone.
//
// JSON is an array of objects, objects one behind the other, or an object that
// holds the array ({"results": [...]}, {"data": [...]}). [Options.Each] is the
// path to the array; it passes through arrays on its way. Each row is read by
// itself: a fault inside a row, such as NaN for a number, spoils that row alone.
//
// JSON lines is one object a line. A fault spoils its line alone.
//
// Text is UTF-8, or UTF-16 that begins with a byte-order mark or is plain to see.
// A file in which a row is not UTF-8, and none before it was UTF-8 beyond ASCII,
// is taken for Windows-1252, which is what spreadsheets save, and that is noted.
// Other rows that are not UTF-8 are refused.
//
// # Paths
//
// A path names a value of a row. In CSV it is the name of a column; columns
// without a name are called #1, #2 and so on by their place, and further columns
// of the same name are called name#2, name#3. In JSON it is a name, or names with
// dots between them ("properties.dealstage"), where a name may itself have dots.
// A number is the place in an array, from 0 ("emails.0.value"). "../" before a
// path looks into the element of the outer array that the row was found in
// ("../Opportunity.Id" of a row of Each "Task").
package table
