import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import test from 'ava';
import { here } from '../../src/files/owner.js';
import { makeTemporaryFolder } from '../../src/files/temporary-folder.js';
import { temporaryFolder } from '../helpers/folder.js';

/** The number of a process that has ended. */
async function deadProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  return child.pid!;
}

test('makeTemporaryFolder: folders of dead processes go at once, those of living ones and of other kinds stay', async (t) => {
  const parent = temporaryFolder(t);
  const [place, dead] = [here(), await deadProcess()];
  const make = (name: string): string => {
    mkdirSync(join(parent, name));
    writeFileSync(join(parent, name, 'inside'), '');
    return name;
  };
  const gone = make(`sgs-test.${place}.${dead}.AbCd12`);
  const kept = [
    make(`sgs-test.${place}.${process.pid}.AbCd12`),
    make(`sgs-other.${place}.${dead}.AbCd12`),
    make(`sgs-test.${place}.${dead}`),
    make('sgs-test.mine'),
  ];
  const made = basename(makeTemporaryFolder('sgs-test', parent));
  t.regex(made, new RegExp(`^sgs-test\\.${place}\\.${process.pid}\\.\\w{6}$`));
  t.false(existsSync(join(parent, gone)));
  t.deepEqual(readdirSync(parent).sort(), [...kept, made].sort());
});

test('makeTemporaryFolder: folders of processes that are not seen from here go after a day', (t) => {
  const parent = temporaryFolder(t);
  const yesterday = Date.now() / 1000 - 25 * 60 * 60;
  const elsewhere = '0'.repeat(16);
  for (const name of [`${elsewhere}.1.AAAAAA`, '-.1.AAAAAA', `${here()}.${process.pid}.AAAAAA`]) {
    mkdirSync(join(parent, `sgs-test.${name}`));
    utimesSync(join(parent, `sgs-test.${name}`), yesterday, yesterday);
  }
  const recent = Date.now() / 1000 - 23 * 60 * 60;
  mkdirSync(join(parent, `sgs-test.${elsewhere}.2.AAAAAA`));
  utimesSync(join(parent, `sgs-test.${elsewhere}.2.AAAAAA`), recent, recent);
  const made = basename(makeTemporaryFolder('sgs-test', parent));
  t.deepEqual(
    readdirSync(parent).sort(),
    [`sgs-test.${elsewhere}.2.AAAAAA`, `sgs-test.${here()}.${process.pid}.AAAAAA`, made].sort(),
  );
});
