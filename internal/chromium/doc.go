// Package chromium lets tests look at pages in a headless browser: what is in
// them once they are laid out, what they look like, and how they print.
//
// A test that needs it is skipped on a machine without Chromium. Where the
// environment variable CI is set it fails instead, so that nothing goes
// unchecked unnoticed.
package chromium
