#!/usr/bin/env bash
# Installs the system packages named as arguments that are missing; silent where none is.
# Needs root or sudo, and only then. Works on Debian and Ubuntu; elsewhere it says what to install.
set -euo pipefail

if ! command -v dpkg-query >/dev/null; then
  echo "This system has no dpkg: install the equivalents of $* yourself, then go on." >&2
  exit 0
fi

missing=()
for package in "$@"; do
  state=$(dpkg-query -W -f='${db:Status-Abbrev}' "$package" 2>/dev/null || true)
  [[ $state == ii* ]] || missing+=("$package")
done
# A provided name counts too: pkgconf stands for pkg-config.
if [[ " ${missing[*]-} " == *" pkg-config "* ]] && command -v pkg-config >/dev/null; then
  kept=()
  for package in "${missing[@]}"; do [[ $package == pkg-config ]] || kept+=("$package"); done
  missing=(${kept[@]+"${kept[@]}"})
fi
[[ ${#missing[@]} -gt 0 ]] || exit 0

as_root=()
if [[ $(id -u) -ne 0 ]]; then
  if ! command -v sudo >/dev/null; then
    echo "Missing packages: ${missing[*]}. Install them as root: apt-get install ${missing[*]}" >&2
    exit 1
  fi
  as_root=(sudo)
fi
echo "Installing ${missing[*]}" >&2
export DEBIAN_FRONTEND=noninteractive
install=(${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive apt-get)
# The lists of a fresh machine are empty or old; try them first, and renew them where that fails.
"${install[@]}" -qq -y --no-install-recommends install "${missing[@]}" >/dev/null 2>&1 && exit 0
"${install[@]}" -qq update >&2
"${install[@]}" -qq -y --no-install-recommends install "${missing[@]}" >&2
