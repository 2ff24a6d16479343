#!/bin/sh
# Makes plot.min.js anew: Observable Plot with the parts of D3 that it needs, of
# exactly the versions and checksums in package-lock.json, in one script that
# sets the variable Plot; and LICENSE, with the licence of everything that went
# into it. It needs npm and its registry. The same lock file gives the same
# bytes; the checksum in assets_test.go is that of the result.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$here/package.json" "$here/package-lock.json" "$here/plot.js" "$work"
cd "$work"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
version() { sed -n 's/^  "version": "\(.*\)",*$/\1/p' "node_modules/$1/package.json"; }
node_modules/.bin/esbuild plot.js --bundle --minify --format=iife --global-name=Plot --target=es2020 --charset=ascii \
	--legal-comments=none --metafile=meta.json --outfile="$here/plot.min.js" --log-level=warning \
	--banner:js="/* Observable Plot $(version @observablehq/plot) and D3 $(version d3); ISC license, see plot/LICENSE */"
{
	echo 'plot.min.js is made of the packages below.'
	node -p 'const used = Object.entries(Object.values(require("./meta.json").outputs)[0].inputs).filter(([, i]) => i.bytesInOutput > 0);
		[...new Set(used.map(([file]) => /node_modules\/((@[^/]+\/)?[^/]+)/.exec(file)?.[1]).filter(Boolean))].sort().join("\n")' |
		while read -r package; do
			printf '\n== %s %s ==\n\n' "$package" "$(version "$package")"
			cat "node_modules/$package"/LICENSE*
		done
} >"$here/LICENSE"
sha256sum "$here/plot.min.js"
