#!/usr/bin/env bash
# Installs what the queue test needs, Redis and PostgreSQL, where they are missing and Debian's packages can be had.
# Where they cannot, it says so and leaves it at that: the test then says what it skips.
set -euo pipefail

missing=()
command -v redis-server > /dev/null || missing+=(redis-server)
command -v postgres > /dev/null || compgen -G '/usr/lib/postgresql/*/bin/postgres' > /dev/null || missing+=(postgresql)
[ ${#missing[@]} -eq 0 ] && exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then as_root=(sudo -n); fi
install() { "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get "$@"; }

echo "Installing ${missing[*]} …"
if ! { command -v apt-get > /dev/null && install update -qq && install install -y -qq --no-install-recommends "${missing[@]}"; }; then
	echo "✗ ${missing[*]} could not be installed here"
fi
