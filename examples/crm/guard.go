package main

import (
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"time"
)

// contentPolicy lets pages load what this server sends, and nothing else. No
// script and no style stands within a page, so none has to be allowed there.
const contentPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; frame-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'self'"

// guard stands before all routes: it logs, limits, and refuses what another
// site sent through the browser of somebody who is here.
func (w *web) guard(h http.Handler, public bool) http.Handler {
	csrf := http.NewCrossOriginProtection()
	csrf.SetDenyHandler(http.HandlerFunc(func(out http.ResponseWriter, _ *http.Request) {
		writeProblem(out, problem{Status: http.StatusForbidden, Title: "Another site sent this request", Code: "cross_origin"})
	}))
	h = csrf.Handler(h)
	return http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		began := time.Now() // for the log alone
		seen := &watched{ResponseWriter: out, status: http.StatusOK}
		defer func() {
			w.log.LogAttrs(r.Context(), level(seen.status), "request", slog.String("method", r.Method), slog.String("path", r.URL.Path),
				slog.Int("status", seen.status), slog.Duration("took", time.Since(began)))
		}()
		head := seen.Header()
		head.Set("Content-Security-Policy", contentPolicy)
		head.Set("X-Content-Type-Options", "nosniff")
		head.Set("Referrer-Policy", "same-origin")
		head.Set("Cross-Origin-Opener-Policy", "same-origin")
		head.Set("Cross-Origin-Resource-Policy", "same-origin")
		head.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
		head.Set("Cache-Control", "no-store")
		if !public && !local(r.Host) {
			writeProblem(seen, problem{Status: http.StatusMisdirectedRequest, Title: "This is not the name of this machine", Code: "foreign_host"})
			return
		}
		r.Body = http.MaxBytesReader(seen, r.Body, maxBody)
		h.ServeHTTP(seen, r)
	})
}

// local reports whether a Host header names this machine itself. A name of
// somebody else's that points here would let their pages read ours.
func local(host string) bool {
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	if name == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && ip.IsLoopback()
}

// watched remembers the status of an answer for the log.
type watched struct {
	http.ResponseWriter
	status int
}

func (w *watched) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController find the writer below.
func (w *watched) Unwrap() http.ResponseWriter { return w.ResponseWriter }

func level(status int) slog.Level {
	switch {
	case status >= 500:
		return slog.LevelError
	case status >= 400:
		return slog.LevelWarn
	default:
		return slog.LevelInfo
	}
}
