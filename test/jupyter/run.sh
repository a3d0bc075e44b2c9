#!/usr/bin/env bash
# `npm run test:jupyter` where nobody has prepared the machine: what is missing of Chromium, the classic Notebook and
# Python's environments is fetched from Debian if that can be done; the command itself says what it skips.
set -uo pipefail
cd "$(dirname "$0")/../.."
packages=()
browser() {
  [ -n "${SGS_CHROMIUM:-}" ] && return
  command -v chromium || command -v chromium-browser || command -v google-chrome || command -v google-chrome-stable
}
browser > /dev/null || packages+=(chromium)
[ -x /usr/bin/jupyter-notebook ] || packages+=(jupyter-notebook)
python3 -c 'import ensurepip, venv' 2> /dev/null || packages+=(python3 python3-venv)
if [ ${#packages[@]} -gt 0 ] && [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null; then
  echo "installing ${packages[*]} ..."
  (apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${packages[@]}") > /dev/null 2>&1 ||
    echo "they could not be installed"
fi
npm run test:jupyter
