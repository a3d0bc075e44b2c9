#!/usr/bin/env bash
# The fast tests and the quickstart notebook on Node 24. The npm package `node` brings the binary; it is installed
# into a temporary folder and changes nothing here.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
npm install --prefix "$folder" --no-save --no-audit --no-fund --loglevel=error node@24
node24=$(dirname "$(find "$folder/node_modules" -type f -name node -perm -u+x | head -n 1)")
export PATH="$node24:$PATH"
echo "Node $(node --version)"
# Kernels in the form that they have when hot, which has 256-bit vectors on this Node.
node --import ./test/_optimised.mjs test/run.mjs
node scripts/sgs.mjs notebooks run notebooks/quickstart.ipynb --output "$folder"
