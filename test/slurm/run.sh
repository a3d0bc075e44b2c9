#!/usr/bin/env bash
# Sweeps on a real Slurm, started on this machine for the test and ended after it. Where Slurm is not installed it is
# fetched from Debian if that can be done; else the test is skipped, and says so.
set -uo pipefail
cd "$(dirname "$0")/../.."
missing() {
  for command in munged slurmctld slurmd sbatch squeue scontrol; do
    command -v "$command" > /dev/null || return 0
  done
  return 1
}
if [ "$(id -u)" -ne 0 ] || [ "$(uname)" != Linux ]; then
  echo "skipped: a Slurm of its own needs root on Linux"
  exit 0
fi
if missing && command -v apt-get > /dev/null; then
  echo "installing slurm-wlm ..."
  (apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends slurm-wlm munge) > /dev/null 2>&1
fi
if missing; then
  echo "skipped: Slurm is not installed here (Debian: apt-get install slurm-wlm munge)"
  exit 0
fi
folder=$(mktemp -d)
trap 'bash test/slurm/stop.sh "$folder"; rm -rf "$folder"' EXIT
if ! conf=$(bash test/slurm/start.sh "$folder"); then
  echo "skipped: Slurm is installed but does not start here (see above)"
  exit 0
fi
SLURM_CONF=$conf node node_modules/ava/entrypoints/cli.mjs --config test/slurm/ava.config.mjs
