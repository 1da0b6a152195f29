# Messages of the set-up scripts.

say() { printf 'setup: %s\n' "$*"; }

fail() { printf 'setup: error: %s\n' "$*" >&2; exit 1; }

# present NAME / missing NAME: lines of --check; missing answers 1.
present() { printf '  present  %s\n' "$*"; }
missing() { printf '  missing  %s\n' "$*"; return 1; }
