#!/usr/bin/env bash
# Types into the interactive shell through a pseudo-terminal and reads what it draws.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export KITH="${KITH:-$(swift build --show-bin-path)/kith}"
python3 Tests/shell/desk.py
