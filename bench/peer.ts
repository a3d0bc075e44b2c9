// One PyTorch process (bench/pytorch/peer.py) and the files through which it gets tensors.
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Batch } from '../src/data/dataset.js';
import { UnsupportedError } from '../src/errors.js';
import type { TensorMap } from '../src/network/parameters.js';
import { decodeSafetensors, encodeSafetensors } from '../src/records/safetensors.js';
import type { AboutPyTorch } from './about.js';
import type { Outputs } from './agreement.js';
import type { Workload } from './workloads.js';

/** How a peer runs its neurons: see bench/README.md. */
export type PeerLif = 'eager' | 'fused' | 'compiled' | 'spikingjelly';

/** Where a peer computes: on the processor, or on an NVIDIA card. */
export type PeerDevice = 'cpu' | 'cuda';

/** What a peer is. */
export interface PeerOptions {
  python: string;
  lif: PeerLif;
  layout: 'nchw' | 'nhwc';
  threads: number;
  /** Default `cpu`. */
  device?: PeerDevice;
  /** `float64` is for reference values. */
  dtype?: 'float32' | 'float64';
  /** Variables added to the environment. */
  environment?: Record<string, string>;
}

/** A network in a PyTorch process of its own. */
export class Peer {
  private readonly folder = mkdtempSync(join(tmpdir(), 'sgs-bench-'));
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly waiting: { resolve(answer: unknown): void; reject(error: Error): void }[] = [];
  private lastWords = '';

  /** Starts a process that has no network yet; that it cannot is said by the first request. */
  constructor(python: string, environment?: Record<string, string>) {
    const script = fileURLToPath(new URL('./pytorch/peer.py', import.meta.url));
    this.process = spawn(python, [script], { env: { ...process.env, ...environment } });
    this.process.stderr.on('data', (text: Buffer) => (this.lastWords = (this.lastWords + text).slice(-2000)));
    this.process.stdin.on('error', () => undefined); // its end is reported by `close`
    createInterface({ input: this.process.stdout }).on('line', (line) => this.answer(line));
    this.process.on('error', (error) => this.fail(`cannot be started (${error.message})`));
    this.process.on('close', (code, signal) => this.fail(`ended (${signal ?? `exit code ${code}`})`));
  }

  /**
   * Starts a process and builds the network in it.
   *
   * @throws UnsupportedError when Python or PyTorch cannot be started, or the network is not one that it can build
   */
  static async open(workload: Workload, options: PeerOptions): Promise<Peer> {
    const peer = new Peer(options.python, options.environment);
    try {
      const { network, settings, weights, batch } = workload;
      const request = {
        network,
        settings,
        weights: peer.put('weights', weights),
        batch: peer.put('batch', batchTensors(batch)),
        lif: options.lif,
        layout: options.layout,
        dtype: options.dtype ?? 'float32',
        threads: options.threads,
        device: options.device ?? 'cpu',
      };
      await peer.request('build', request);
      return peer;
    } catch (error) {
      peer.close();
      throw error;
    }
  }

  about(): Promise<AboutPyTorch> {
    return this.request('about');
  }

  /**
   * Loss, rates, logits and gradients at the weights that it was built with.
   *
   * @param batch - default its own; not for a compiled network, which would be compiled again
   */
  async outputs(batch?: Batch): Promise<Outputs> {
    const file = join(this.folder, 'outputs');
    const request = { file, ...(batch && { batch: this.put('other', batchTensors(batch)) }) };
    const { loss, rates } = await this.request<Pick<Outputs, 'loss' | 'rates'>>('outputs', request);
    const { logits, ...gradients } = decodeSafetensors(readFileSync(file), 'outputs of PyTorch').tensors;
    return { loss, rates, logits: Float32Array.from(logits.data), gradients };
  }

  /** One training step; seconds and the loss before the update. */
  train(rate: number): Promise<{ seconds: number; loss: number }> {
    return this.request('train', { rate });
  }

  /** One inference. */
  infer(): Promise<{ seconds: number; loss: number }> {
    return this.request('infer');
  }

  /** Bytes that a warm training step adds to the process, and bytes of tensors that live between steps. */
  memory(): Promise<{ growth: number; kept: number }> {
    return this.request('memory');
  }

  /** Ends the process. */
  close(): void {
    this.process.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  private put(name: string, tensors: TensorMap): string {
    const file = join(this.folder, name);
    writeFileSync(file, encodeSafetensors(tensors));
    return file;
  }

  private request<Answer>(command: string, content: object = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.process.exitCode !== null || this.process.signalCode !== null)
        return reject(this.failure('has ended'));
      this.waiting.push({ resolve: resolve as (answer: unknown) => void, reject });
      this.process.stdin.write(`${JSON.stringify({ command, ...content })}\n`);
    });
  }

  private answer(line: string): void {
    const next = this.waiting.shift();
    const answer = JSON.parse(line) as { error?: string };
    if (answer.error === undefined) next?.resolve(answer);
    // Its first line: what follows is a trace, with places of this machine.
    else next?.reject(new UnsupportedError(`PyTorch: ${answer.error.split('\n')[0]}`));
  }

  private fail(what: string): void {
    for (const { reject } of this.waiting.splice(0)) reject(this.failure(what));
  }

  private failure(what: string): UnsupportedError {
    const said = this.lastWords.trim().split('\n').at(-1) ?? '';
    return new UnsupportedError(
      `the Python of SGS_PYTHON ${what}${said && `: ${said}`}; it needs PyTorch 2.6 or newer: \`pip install torch\``,
    );
  }
}

/** A static batch as tensors; labels as floats, which are exact. */
const batchTensors = ({ x, shape, labels }: Batch): TensorMap => ({
  x: { shape, data: x },
  labels: { shape: [labels.length], data: Float32Array.from(labels) },
});
