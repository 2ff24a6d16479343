// Package draft guesses what tables of a CRM hold, by the names of their columns
// and what is in them, and drafts a mapping that reads them. Guesses are marked
// for people to check; a draft can be read as it is.
package draft
