package main

import (
	"context"
	"embed"
	"errors"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"time"
)

// maxBody is the greatest length of what a request may send, in bytes.
const maxBody = 256 << 10

//go:embed static
var static embed.FS

// web answers requests: pages for people, an API for programs.
type web struct {
	*desk
	pages pages
	log   *slog.Logger
}

// route is a method and a path, and what answers it.
type route struct {
	method, path string
	handle       func(http.ResponseWriter, *http.Request) error
}

// newServer puts the routes together, inside the guards.
func newServer(d *desk, log *slog.Logger, public bool) (http.Handler, error) {
	pages, err := parsePages(d)
	if err != nil {
		return nil, err
	}
	document, err := openAPI()
	if err != nil {
		return nil, err
	}
	files, err := fs.Sub(static, "static")
	if err != nil {
		return nil, err
	}
	w := &web{desk: d, pages: pages, log: log}
	mux := http.NewServeMux()
	for _, r := range w.pageRoutes() {
		mux.HandleFunc(r.method+" "+r.path, w.page(r.handle))
	}
	for _, r := range w.apiRoutes() {
		mux.HandleFunc(r.method+" "+r.path, w.api(r.handle))
	}
	for path, allowed := range methods(w.apiRoutes()) {
		mux.HandleFunc(path, w.api(wrongMethod(allowed)))
	}
	mux.HandleFunc("/api/", w.api(func(http.ResponseWriter, *http.Request) error { return errNoRoute }))
	mux.HandleFunc("/", w.page(func(http.ResponseWriter, *http.Request) error { return errNoRoute }))
	mux.Handle("GET /static/", http.StripPrefix("/static/", cached(http.FileServerFS(files))))
	mux.HandleFunc("GET /healthz", w.healthz)
	mux.HandleFunc("GET /openapi.json", func(out http.ResponseWriter, _ *http.Request) {
		out.Header().Set("Content-Type", "application/json")
		_, _ = out.Write(document) // the client has gone, if it fails
	})
	return w.guard(mux, public), nil
}

// healthz says whether the database answers.
func (w *web) healthz(out http.ResponseWriter, r *http.Request) {
	ctx, cancel := context.WithTimeout(r.Context(), 2*time.Second)
	defer cancel()
	var one int
	if err := w.db.QueryRowContext(ctx, "SELECT 1").Scan(&one); err != nil {
		w.log.Error("health", "err", err)
		writeProblem(out, problem{Status: http.StatusServiceUnavailable, Title: "The database does not answer", Code: "no_database"})
		return
	}
	writeJSON(out, http.StatusOK, map[string]string{"status": "ok"})
}

// cached lets browsers keep the files that come with the program for an hour.
func cached(h http.Handler) http.Handler {
	return http.HandlerFunc(func(out http.ResponseWriter, r *http.Request) {
		out.Header().Set("Cache-Control", "public, max-age=3600")
		h.ServeHTTP(out, r)
	})
}

// serve answers requests until the context ends, and then lets those that are
// under way finish.
func serve(ctx context.Context, h http.Handler, l net.Listener, log *slog.Logger) error {
	server := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       15 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    32 << 10,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(l) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	log.Info("shutting down")
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	err := server.Shutdown(last)
	if e := <-ended; !errors.Is(e, http.ErrServerClosed) {
		err = errors.Join(err, e)
	}
	return err
}
