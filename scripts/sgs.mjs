#!/usr/bin/env node
// The launcher of the command `sgs`: starts the built command line, src/commands/cli.ts. A plain file, so that npm can
// link it before the first build.
try {
  const { main } = await import('../dist/commands/cli.js');
  await main(process.argv);
} catch (error) {
  if (error?.code !== 'ERR_MODULE_NOT_FOUND' || !String(error.message).includes('cli.js')) throw error;
  console.error('sgs is not built yet: run `npm run build`');
  process.exitCode = 1;
}
