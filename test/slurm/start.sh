#!/usr/bin/env bash
# A real Slurm on this machine alone, for tests: munged, slurmctld and slurmd in a folder of their own, on free ports,
# as root. Usage: start.sh FOLDER. Prints the path of its slurm.conf; stop.sh FOLDER ends it.
set -euo pipefail
folder=$1
mkdir -p "$folder"/{state,spool,log}
chmod 755 "$folder"
port=${SLURM_TEST_PORT:-$((20000 + RANDOM % 12000))} # below those that the system gives to connections
dd if=/dev/urandom of="$folder/munge.key" bs=128 count=1 status=none
chmod 400 "$folder/munge.key"
munged --force --key-file="$folder/munge.key" --socket="$folder/munge.socket" --pid-file="$folder/munged.pid" \
  --log-file="$folder/log/munged.log" --seed-file="$folder/munge.seed" >&2
cores=$(nproc)
cat > "$folder/slurm.conf" <<CONF
ClusterName=test
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmctldPort=$port
SlurmdPort=$((port + 1))
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
AuthInfo=socket=$folder/munge.socket
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/slurmctld.pid
SlurmdPidFile=$folder/slurmd.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=sched_interval=1,bf_interval=2,sched_min_interval=100000
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
MaxArraySize=5
MpiDefault=none
ReturnToService=2
KillWait=60
MinJobAge=300
NodeName=$(hostname) NodeAddr=127.0.0.1 CPUs=$cores State=UNKNOWN
PartitionName=low Nodes=ALL Default=YES MaxTime=INFINITE State=UP PriorityTier=1 GraceTime=0 OverSubscribe=NO
PartitionName=high Nodes=ALL MaxTime=INFINITE State=UP PriorityTier=10 OverSubscribe=NO
CONF
export SLURM_CONF=$folder/slurm.conf
slurmctld -c >&2
slurmd -c >&2
for _ in $(seq 900); do
  if [ "$(sinfo --noheader --format=%t --partition=low 2> /dev/null)" = idle ]; then
    echo "$SLURM_CONF"
    exit 0
  fi
  sleep 0.2
done
echo "Slurm does not come up; the logs are in $folder/log:" >&2
tail -n 5 "$folder"/log/*.log >&2
exit 1
