#!/usr/bin/env bash
# Builds the stylesheets and scripts: build.sh VENV. Uses the machine's Node where it is new enough, or else one from a wheel.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
venv=$(cd ../.. && cd "$1" && pwd)
new_enough='const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'

if ! { command -v npm && node -e "$new_enough"; } >/dev/null 2>&1; then
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check -r requirements-node.txt
    export PATH="$venv/bin:$PATH"
fi
npm ci --include=dev --ignore-scripts --no-audit --no-fund --loglevel=error
node build.mjs
