// Asks the script as bash does. Skipped where there is no bash.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { COMMANDS } from '../../src/commands/index.js';
import { temporaryFolder } from '../helpers/folder.js';
import { testWhere } from '../helpers/needs.js';
import { sgsOn } from '../helpers/sgs.js';

const hasBash = spawnSync('bash', ['-c', 'complete -p; true'], { stdio: 'ignore' }).status === 0;

testWhere(hasBash, 'bash is not installed')(
  'sgs completion bash: commands, parts, options, choices and ids of runs',
  async (t) => {
    const folder = temporaryFolder(t);
    const script = join(folder, 'complete.sh');
    writeFileSync(script, (await sgsOn(folder)('completion', 'bash')).stdout);
    writeFileSync(join(folder, 'run-0123456789abcdef.json'), '{}');
    const asked = [
      '',
      'runs ',
      'train --data ',
      'train --del',
      'runs list --sort t',
      'energy run-0',
      'methods teb',
      'train --method pl',
    ];
    const lines = asked.map(
      (line) =>
        `COMP_WORDS=(sgs ${line.replace(/(^| )$/, "$1''")}); COMP_CWORD=$((\${#COMP_WORDS[@]}-1)); _sgs; echo "\${COMPREPLY[*]}"`,
    );
    const { stdout, stderr } = spawnSync('bash', ['-c', `source ${script}\n${lines.join('\n')}`], {
      encoding: 'utf8',
      env: { ...process.env, SGS_RUNS: folder },
    });
    t.is(stderr, '');
    const [commands, parts, choices, option, column, id, method, laid] = stdout.split('\n');
    t.true(commands.startsWith(COMMANDS.map(({ name }) => name).join(' ')), commands);
    t.true(parts.startsWith('list show compare'), parts);
    t.true(choices.includes('cifar10') && !choices.includes('--'), choices);
    t.is(option, '--delta');
    t.is(column, 'test time');
    t.is(id, 'run-0123456789abcdef');
    t.deepEqual([method, laid], ['tebn', 'plif']);
  },
);

test.serial('sgs completion fish: a line for each option; an unknown shell is refused', async (t) => {
  const sgs = sgsOn(temporaryFolder(t));
  const { stdout } = await sgs('completion', 'fish');
  t.regex(stdout, /^complete -c sgs -n '__fish_seen_subcommand_from train' -l delta -d 'SGS strength/m);
  t.is((await sgs('completion', 'tcsh')).code, 2);
});
