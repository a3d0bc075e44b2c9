// Runs ava with the words given, then says in one line how many tests were skipped, and why (test/helpers/needs.ts).
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'sgs-skipped-'));
try {
  const file = join(folder, 'reasons');
  writeFileSync(file, '');
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/ava/entrypoints/cli.mjs', ...process.argv.slice(2)],
    { stdio: 'inherit', env: { ...process.env, SKIPPED_TESTS: file } },
  );
  process.exitCode = status ?? 1;
  const reasons = readFileSync(file, 'utf8').split('\n').filter(Boolean);
  const counts = new Map();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  const why = [...counts].map(([reason, count]) => (count === 1 ? reason : `${reason} (${count})`)).sort();
  console.log(`${reasons.length} skipped${why.length > 0 ? `: ${why.join('; ')}` : ''}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
