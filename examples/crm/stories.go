package main

// story is a deal as it went: how far its buyer's commitments brought it, how
// many stages ahead of that its seller claims it is, and how it ended up.
type story struct {
	name   string
	owner  string
	amount float64
	people []string // at the buyer's
	stages int      // how many it climbed
	gap    int      // days between two calls of the climb
	ahead  int
	ends   []ending
}

// ending is a call after the climb, so many days ago.
type ending struct {
	ago    int
	what   move
	due    int // days from the call to what was promised, or to the end of a pause
	notes  string
	seller string // what the seller promised
	lost   int    // in which of the lost stages it ended
}

type move int

const (
	pleasant  move = iota // nice, and nothing came of it
	voicemail             // nobody was reached
	promises              // the buyer gives something
	declines              // the buyer says no to what was asked
	defers                // the buyer puts it off
	breaks                // the buyer takes something back
	leaps                 // the buyer gives what the stage after this one is left by
	pauses                // a known reason to wait
	refuses               // the deal is off
)

// stories are the deals to look at.
func stories() []story {
	return []story{
		{"Harrow Bearings", "maya", 38000, []string{"Daniel Hollis", "Rita Okoye", "Paul Anders"}, 0, 5, 1, []ending{
			{6, voicemail, 0, "", "", 0},
			{3, pleasant, 0, "24 minutes! He told me everything about his warehouse. I call again in two weeks.", "Call again in two weeks", 0},
		}},
		{"Lindqvist Timber", "maya", 21000, []string{"Elin Sand"}, 0, 5, 0, nil},
		{"Ostrava Castings", "tomas", 64000, []string{"Jana Malik", "Petr Novak"}, 0, 5, 2, []ending{
			{70, voicemail, 0, "", "", 0},
			{62, pleasant, 0, "Very open. Wants to see the new brochure.", "Send the brochure", 0},
			{51, defers, 0, "Call me after the trade fair.", "", 0},
		}},
		{"Brightwater Foods", "ines", 52000, []string{"Carol Benn", "Omar Haddad", "Sue Park"}, 0, 5, 0, []ending{
			{2, promises, 6, "Five minutes. The invitation is accepted.", "", 0},
		}},
		{"Tessel Logistics", "ines", 87000, []string{"Wim de Boer", "Anke Vos", "Lars Mol"}, 1, 6, 1, []ending{
			{5, promises, 9, "She will walk me through it with two colleagues.", "", 0},
		}},
		{"Marlow & Finch", "maya", 46000, []string{"Ruth Finch", "Glen Ames", "Ida Roy"}, 1, 6, 2, []ending{
			{24, pleasant, 0, "Best meeting of the week. She loved the dashboard.", "Send a summary with a few ideas", 0},
			{16, pleasant, 0, "Sent the summary. She had not read it yet.", "Send it again", 0},
			{9, pleasant, 0, "We stay in touch.", "Stay in touch", 0},
		}},
		{"Corvo Ceramics", "tomas", 33000, []string{"Nuno Reis", "Clara Pinto", "Ivo Cruz"}, 1, 5, 1, []ending{
			{15, promises, 11, "He collects the figures himself.", "", 0},
		}},
		{"Aldgate Insurance", "ines", 140000, []string{"Priya Shah", "Colin Webb", "Mark Eden"}, 2, 7, 2, []ending{
			{12, declines, 0, "No access to her director yet.", "", 0},
			{4, pleasant, 0, "Long talk about the market.", "Find a case study", 0},
		}},
		{"Nordlys Shipping", "maya", 118000, []string{"Kari Holm", "Odd Berg", "Nils Lie"}, 2, 6, 0, []ending{
			{3, promises, 5, "The names come by Thursday.", "", 0},
		}},
		{"Pemberton Dairies", "tomas", 72000, []string{"Joan Pike", "Alan Frost", "Meg Hale"}, 2, 8, 3, []ending{
			{40, pleasant, 0, "They are very keen. Budget should be no problem.", "Prepare a proposal", 0},
		}},
		{"Quarry Lane Housing", "ines", 29000, []string{"Dee Marsh", "Leo Hart", "Tim Rusk"}, 2, 6, 0, []ending{
			{8, pauses, 40, "Merger with the neighbouring association until spring", "", 0},
		}},
		{"Vantage Optics", "maya", 96000, []string{"Hugo Stern", "Lea Blum", "Ada Roth"}, 3, 6, 0, []ending{
			{6, promises, 14, "They start on their own data.", "", 0},
		}},
		{"Saltmarsh Energy", "tomas", 210000, []string{"Fiona Bell", "Ken Ode", "Ravi Nair"}, 3, 7, 2, []ending{
			{18, promises, 13, "The session is in the calendar.", "", 0},
			{4, voicemail, 0, "", "", 0},
		}},
		{"Delacroix Paper", "ines", 58000, []string{"Luc Petit", "Eva Morel", "Guy Blanc"}, 3, 6, 1, []ending{
			{30, pleasant, 0, "Lunch. He asked about our roadmap.", "Send the roadmap", 0},
			{10, breaks, 0, "IT has stopped it for now.", "", 0},
		}},
		{"Kestrel Avionics", "maya", 320000, []string{"Amy Voss", "Dan Reed", "Zoe Lang"}, 4, 7, 0, []ending{
			{2, promises, 12, "She takes it to her director.", "", 0},
		}},
		{"Orchard Health", "tomas", 175000, []string{"Nina Falk", "Ben Todd", "Iris Ward"}, 4, 6, 1, []ending{
			{25, pleasant, 0, "Everyone agrees that it is a great fit.", "Rework the offer", 0},
			{17, pleasant, 0, "Went through the offer once more.", "Sharpen the price", 0},
			{7, defers, 0, "After the summer.", "", 0},
		}},
		{"Silverthread Textiles", "ines", 44000, []string{"Asha Rao", "Kim Lund", "Jo Best"}, 4, 5, 2, []ending{
			{3, pleasant, 0, "A good call, she will think about it.", "Call next week", 0},
		}},
		{"Bramble Software", "maya", 61000, []string{"Max Orr", "Uma Das", "Sol Katz"}, 5, 5, 0, []ending{
			{4, promises, 10, "Legal has the papers.", "", 0},
		}},
		{"Ferrum Works", "tomas", 260000, []string{"Greta Holz", "Jens Kuhn", "Rolf Beck"}, 5, 6, 1, []ending{
			{20, promises, 17, "All of them at one table.", "", 0},
		}},
		{"Meridian Travel", "ines", 83000, []string{"Tara Quinn", "Abe Stone", "Liv Moe"}, 4, 5, 0, []ending{
			{11, leaps, 5, "They have chosen us, whatever the figures say.", "", 0},
			{2, promises, 5, "The day is in both calendars.", "", 0},
		}},
		{"Northgate Clinics", "maya", 195000, []string{"Ella Ford", "Sam Hurst", "Kay Dunn"}, 6, 6, 0, []ending{
			{22, voicemail, 0, "", "", 0},
			{19, pleasant, 0, "As good as signed, he says.", "Send the contract again", 0},
			{15, voicemail, 0, "", "", 0},
		}},
		{"Larkspur Media", "ines", 39000, []string{"Ned Cole", "Fay Ross", "Ari Levi"}, 99, 5, 0, []ending{
			{5, promises, 8, "Both teams are invited.", "", 0},
		}},
		{"Hollis & Grant", "maya", 105000, []string{"Viv Grant", "Joe Hollis", "Pat Shea"}, 99, 4, 0, nil},
		{"Cobalt Mining", "tomas", 150000, []string{"Rex Dale", "Ola Nyberg", "Tess Kerr"}, 3, 6, 0, []ending{
			{14, refuses, 0, "They build it themselves.", "", 0},
		}},
		{"Juniper Hotels", "ines", 47000, []string{"Gus Wren", "Mia Lott", "Hal Fenn"}, 2, 6, 0, []ending{
			{28, refuses, 0, "Nothing changes this year.", "", 1},
		}},
	}
}
