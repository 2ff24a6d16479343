package render

import (
	"math"
	"unicode/utf8"
)

// A sheet of paper shows the whole path, or it is of no use on a wall. Paper
// does not scroll and a page without script can not measure itself, so the size
// of the print is chosen here: the largest at which the text, by a cautious
// estimate, fits. Sizes are in hundredths of the width of the sheet, so that A3
// and A4 are the same picture.
const (
	largest  = 1.2
	smallest = 0.5
	// sheetHeight is the height of an A4 or A3 sheet in landscape inside its
	// margins, in hundredths of its width, with some to spare.
	sheetHeight = 68
)

// The style sheet in figures, in rem.
const (
	stairRise   = 1.05
	columnGap   = 1.25
	headHeight  = 7.5
	ladderFrame = 1.9 + 1 // its paddings and borders, and its sides
	stepFrame   = 1.7
)

// fit returns the size of 1 rem in print.
func (c *chart) fit() float64 {
	for size := largest; size > smallest; size -= 0.01 {
		if c.height(size)*size <= sheetHeight {
			return math.Round(size*100) / 100
		}
	}
	return smallest
}

// height estimates the height of the path with its head, in rem.
func (c *chart) height(size float64) float64 {
	columns := float64(len(c.Path))
	width := (100/size - columnGap*(columns-1)) / columns
	var ladders, steps float64
	for i := range c.Path {
		s, rise := &c.Path[i], stairRise*float64(i)
		ladders = max(ladders, rise+s.ladderHeight(width-ladderFrame))
		steps = max(steps, s.stepHeight(width-stepFrame)-rise)
	}
	return headHeight + ladders + steps
}

func (s *stage) ladderHeight(width float64) float64 {
	height := 1.7
	for _, r := range s.Ladder {
		facts := ""
		for _, f := range r.Facts {
			facts += f + " · "
		}
		height += 1.35 + bold.height(r.Name, .875, 1.25, width) + italic.height("“"+r.Ask+"”", .8125, 1.38, width) + .6 +
			plain.height(facts, .6875, 1.35, width)
	}
	return height
}

func (s *stage) stepHeight(width float64) float64 {
	height := 4.2 + italic.height(s.Name, 1.3125, 1.12, width) + plain.height(s.Description, .8125, 1.4, width)
	for _, c := range s.Exit {
		text := c.Lead
		for _, i := range c.Items {
			text += " or " + i.Name + i.Foreign
			if i.Kept {
				text += " has happened"
			}
		}
		height += .2 + plain.height(text, .8125, 1.35, width-1)
	}
	return height + 1.7 + plain.height(s.Stalls, .75, 1.35, width) + 1.5
}

// face is the average width of a character, as a part of the font's size.
type face float64

const (
	plain  face = .51
	bold   face = .57
	italic face = .45
)

// height estimates the height of a paragraph in rem, none for no text.
func (f face) height(text string, size, leading, width float64) float64 {
	n := utf8.RuneCountInString(text)
	if n == 0 {
		return 0
	}
	perLine := max(width/(float64(f)*size)-2, 4) // lines end before a word that does not fit
	return math.Ceil(float64(n)/perLine) * size * leading
}
