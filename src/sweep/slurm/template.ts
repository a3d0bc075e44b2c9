// The batch script of a sweep on Slurm. It is written beside the sweep's files once and read from there ever after, so
// that people edit it: everything that differs between sweeps comes as arguments, nothing is pasted into it.

/** A script for `sbatch`. Arguments: a folder of trial files (or `-`), the first trial of the array, then a command. */
export const SLURM_TEMPLATE = `#!/bin/bash
# One task of a sweep's array job. sgs-snn passes: the folder of trial files, the number that is added to the task's,
# and the words of the command. Edit it as your cluster needs; it is not written again.
#SBATCH --requeue
#SBATCH --open-mode=append
# A minute and a half before time is up the task gets a signal, saves its state, and is put into the queue again.
#SBATCH --signal=B:USR1@90

# module load nodejs/20

folder=$1 offset=$2
shift 2
if [ "$folder" != - ]; then set -- "$@" "$folder/$((SLURM_ARRAY_TASK_ID + offset)).json"; fi
echo "task \${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID} on $(hostname), start $((\${SLURM_RESTART_COUNT:-0} + 1))"

"$@" &
pid=$!
again=0
trap 'again=1; kill -TERM "$pid" 2> /dev/null' USR1
# Cancelled, or preempted: then Slurm itself decides whether the task comes again.
trap 'kill -TERM "$pid" 2> /dev/null' TERM
wait "$pid"
code=$?
# A trap ends the waiting, not the process.
while kill -0 "$pid" 2> /dev/null; do
  wait "$pid"
  code=$?
done
echo "ended with exit code $code"
# 130: stopped on the way, its state is saved.
if [ "$again" -eq 1 ] && [ "$code" -eq 130 ]; then
  scontrol requeue "\${SLURM_ARRAY_JOB_ID}_\${SLURM_ARRAY_TASK_ID}"
fi
exit "$code"
`;
