// A Jupyter server for tests: settings, runtime files and data in a temporary folder, the repository's kernel.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { packageRoot } from '../../src/paths.js';

/** A server that answers. */
export interface JupyterServer {
  /** With a slash at the end. */
  url: string;
  token: string;
  /** Ends it and its kernels. */
  stop(): Promise<void>;
}

/** What is started. */
export interface ServerOptions {
  /** Program and arguments. */
  command: readonly [string, ...string[]];
  /** The folder that it shows; without it, what the command says. */
  folder?: string;
  /** Set on top of this process's environment. */
  environment?: Readonly<Record<string, string>>;
}

const START_SECONDS = 600;
const STOP_SECONDS = 120;
const LOG_TAIL = 3000;

/** JupyterLab asks on its first start whether it may fetch news. */
const LAB_OVERRIDES = {
  '@jupyterlab/apputils-extension:notification': { fetchNews: 'false', checkForUpdates: false },
};

function writeSettings(folder: string, port: number, token: string, shown: string | undefined): void {
  const common = {
    port,
    open_browser: false,
    allow_root: process.getuid?.() === 0,
    answer_yes: true, // Ctrl-C ends it at once
  };
  mkdirSync(join(folder, 'labconfig'), { recursive: true });
  const files = {
    'jupyter_server_config.json': {
      ServerApp: { ...common, ...(shown !== undefined && { root_dir: shown }) },
      IdentityProvider: { token },
      LabApp: { expose_app_in_browser: true },
    },
    'jupyter_notebook_config.json': {
      NotebookApp: { ...common, token, ...(shown !== undefined && { notebook_dir: shown }) },
    },
    'labconfig/default_setting_overrides.json': LAB_OVERRIDES,
  };
  for (const [name, settings] of Object.entries(files))
    writeFileSync(join(folder, name), JSON.stringify(settings));
}

/** A port that is free now. When another process is faster, Jupyter takes the next one and says so. */
async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** Where the server says it is, once it has said so. */
function announcedUrl(folder: string): string | undefined {
  const name = readdirSync(folder).find((file) => /^(jp|nb)server-\d+\.json$/.test(file));
  try {
    return name && (JSON.parse(readFileSync(join(folder, name), 'utf8')) as { url: string }).url;
  } catch {
    return undefined; // half written
  }
}

/**
 * Starts a server and waits until it answers.
 *
 * @throws Error with the server's last words when it ends or does not answer
 */
export async function startServer(options: ServerOptions): Promise<JupyterServer> {
  const home = mkdtempSync(join(tmpdir(), 'sgs-jupyter-'));
  const folders = { config: join(home, 'config'), runtime: join(home, 'runtime'), data: join(home, 'data') };
  for (const folder of Object.values(folders)) mkdirSync(folder);
  const token = 'sgs';
  writeSettings(folders.config, await freePort(), token, options.folder);
  const [program, ...args] = options.command;
  const child = spawn(program, args, {
    cwd: packageRoot(),
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      // The kernel runs on the same Node as the tests.
      PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
      JUPYTER_PATH: join(packageRoot(), 'jupyter'),
      JUPYTER_CONFIG_DIR: folders.config,
      JUPYTER_RUNTIME_DIR: folders.runtime,
      JUPYTER_DATA_DIR: folders.data,
      ...options.environment,
    },
  });
  let log = '';
  const keep = (chunk: Buffer): void => void (log = (log + chunk.toString()).slice(-LOG_TAIL));
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  let ended = false;
  const closed = once(child, 'close').then(() => (ended = true));
  const end = (): void => void child.kill('SIGTERM');
  process.once('exit', end);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const stop = async (): Promise<void> => {
    process.off('exit', end);
    end();
    if (!(await Promise.race([closed, sleep(STOP_SECONDS * 1000, false, { ref: false })])))
      child.kill('SIGKILL');
    await closed;
    rmSync(home, { recursive: true, force: true });
  };
  for (
    const deadline = Date.now() + START_SECONDS * 1000;
    Date.now() < deadline && !ended;
    await sleep(100)
  ) {
    const url = announcedUrl(folders.runtime);
    if (url === undefined) continue;
    const answer = await fetch(`${url}api/status?token=${token}`).catch(() => undefined);
    if (answer?.ok) return { url, token, stop };
  }
  await stop();
  throw new Error(`${options.command.join(' ')} ${ended ? 'ended' : 'does not answer'}:\n${log}`);
}
