package outcome

import (
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/go-json-experiment/json/jsontext"
)

// A record is written as JSON in parts: the call, which is another one each
// time, and all that is known of it beforehand.

func appendRecord(dst []byte, r *VerdictRecord) []byte {
	dst = appendCall(dst, r.Call, r.Deal, instantOf(r.At))
	dst = appendDeeds(dst, r)
	dst = appendList(append(dst, `,"gaps":`...), r.Gaps)
	dst = appendFindings(dst, r)
	dst = appendNext(append(dst, `,"next":`...), r.Next)
	dst = appendQuote(append(dst, `,"why":`...), r.Why)
	return append(dst, '}')
}

func appendCall(dst []byte, id CallID, deal DealID, at instant) []byte {
	dst = appendQuote(append(dst, `{"call":`...), id)
	dst = appendQuote(append(dst, `,"deal":`...), deal)
	return append(at.time().AppendFormat(append(dst, `,"at":"`...), time.RFC3339Nano), '"')
}

func appendDeeds(dst []byte, r *VerdictRecord) []byte {
	dst = appendQuote(append(dst, `,"process":`...), r.Process)
	dst = strconv.AppendInt(append(dst, `,"version":`...), int64(r.Version), 10)
	dst = appendQuote(append(dst, `,"result":`...), r.Result.String())
	dst = appendQuote(append(dst, `,"from":`...), r.From)
	dst = appendQuote(append(dst, `,"to":`...), r.To)
	dst = appendList(append(dst, `,"credited":`...), r.Credited)
	dst = appendList(append(dst, `,"gained":`...), r.Gained)
	dst = appendList(append(dst, `,"kept":`...), r.Kept)
	dst = appendList(append(dst, `,"regained":`...), r.Regained)
	return appendList(append(dst, `,"lost":`...), r.Lost)
}

func appendFindings(dst []byte, r *VerdictRecord) []byte {
	dst = appendQuote(append(dst, `,"target":{"commitment":`...), r.Target.Commitment)
	dst = appendQuote(append(dst, `,"result":`...), r.Target.Result.String())
	dst = strconv.AppendBool(append(dst, `,"planned":`...), r.Target.Planned)
	dst = append(dst, `},"findings":[`...)
	for i := range r.Findings {
		f := &r.Findings[i]
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendQuote(append(dst, `{"code":`...), f.Code)
		dst = appendQuote(append(dst, `,"severity":`...), f.Severity.String())
		dst = appendQuote(append(dst, `,"commitment":`...), f.Commitment)
		dst = appendQuote(append(dst, `,"message":`...), f.Message)
		dst = append(dst, '}')
	}
	return append(dst, ']')
}

func appendNext(dst []byte, next []NextRecord) []byte {
	dst = append(dst, '[')
	for i := range next {
		n := &next[i]
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendQuote(append(dst, `{"commitment":`...), n.Commitment)
		dst = appendQuote(append(dst, `,"name":`...), n.Name)
		dst = appendQuote(append(dst, `,"stage":`...), n.Stage)
		dst = strconv.AppendInt(append(dst, `,"rung":`...), int64(n.Rung), 10)
		dst = appendQuote(append(dst, `,"role":`...), n.Role)
		dst = appendQuote(append(dst, `,"ask":`...), n.Ask)
		dst = append(dst, '}')
	}
	return append(dst, ']')
}

func appendList[T ~string](dst []byte, list []T) []byte {
	dst = append(dst, '[')
	for i, s := range list {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendQuote(dst, s)
	}
	return append(dst, ']')
}

// appendQuote appends a string of JSON.
func appendQuote[T ~string](dst []byte, s T) []byte {
	for i := range len(s) {
		if c := s[i]; c < ' ' || c >= utf8.RuneSelf || c == '"' || c == '\\' {
			dst, _ = jsontext.AppendQuote(dst, s) // the error is that invalid UTF-8 was replaced
			return dst
		}
	}
	return append(append(append(dst, '"'), s...), '"')
}

// appendWords appends a part of a string of JSON.
func appendWords(dst []byte, s string) []byte {
	n := len(dst)
	dst = appendQuote(dst, s)
	return append(dst[:n], dst[n+1:len(dst)-1]...) // without the quotation marks
}
