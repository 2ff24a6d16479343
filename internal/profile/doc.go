// Package profile says what is in a table that nobody has described: how filled
// its columns are, what kind of values they hold and which ones, and what is odd
// about them. What it keeps does not grow with the number of rows.
package profile
