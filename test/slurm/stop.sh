#!/usr/bin/env bash
# Ends the Slurm that start.sh started. Usage: stop.sh FOLDER.
set -u
folder=$1
export SLURM_CONF=$folder/slurm.conf
scancel --user=root 2> /dev/null
for daemon in slurmd slurmctld munged; do
  if [ -s "$folder/$daemon.pid" ]; then kill "$(cat "$folder/$daemon.pid")" 2> /dev/null; fi
done
for _ in $(seq 600); do
  alive=0
  for daemon in slurmd slurmctld munged; do
    if [ -s "$folder/$daemon.pid" ] && kill -0 "$(cat "$folder/$daemon.pid")" 2> /dev/null; then alive=1; fi
  done
  [ "$alive" -eq 0 ] && exit 0
  sleep 0.1
done
exit 1
