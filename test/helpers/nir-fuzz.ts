// Damaged NIR files thrown at the reader, the check and the simulator.
import { readFileSync } from 'node:fs';
import { DataError, SettingsError, UnsupportedError } from '../../src/errors.js';
import { checkNir } from '../../src/interchange/nir/check.js';
import { decodeGraph } from '../../src/interchange/nir/decode.js';
import {
  int64,
  int64Array,
  isNirGraph,
  type NirGraph,
  type NirNode,
} from '../../src/interchange/nir/graph.js';
import { type Hdf5Thread, startHdf5Thread } from '../../src/interchange/nir/hdf5-thread.js';
import { importNir } from '../../src/interchange/nir/import/import.js';
import { countOf } from '../../src/interchange/nir/nodes/kind.js';
import { runNir } from '../../src/interchange/nir/run.js';
import { nirVerdicts } from '../../src/interchange/nir/verdicts.js';
import { encodeNir } from '../../src/interchange/nir/write.js';
import { type Stream, stream } from '../../src/random.js';
import { mutate } from './mutate.js';
import { conv2dNode, float64, lifNode, nirGraph, nirNode } from './nir-graphs.js';

/** What became of damaged files. */
export interface NirFuzzReport {
  inputs: number;
  /** Refused by the reader. */
  refused: number;
  /** Read, and found wrong by the check. */
  unsound: number;
  /** Read, sound and run. */
  ran: number;
  /** Threads that trapped or ran out of time, and were replaced. */
  lost: number;
  reasons: number;
  /** Milliseconds of the slowest. */
  slowest: number;
  /** How much the process grew, bytes. */
  growth: number;
}

/** A file as it is written today: chunks, deflate, a graph within a graph, a loop, metadata. */
function todaysGraph(): NirGraph {
  const port = (type: string, shape: number[]): ReturnType<typeof nirNode> => nirNode(type, { shape });
  const inner = nirGraph(
    {
      in: port('Input', [2, 4, 4]),
      lif: lifNode(0.5, 0.5, 1e-3, [2, 4, 4]),
      back: nirNode('Scale', { scale: float64(new Float64Array(32).fill(0.5), [2, 4, 4]) }),
      out: port('Output', [2, 4, 4]),
    },
    ['in>lif>out', 'lif>back>lif'],
  );
  return nirGraph(
    {
      in: port('Input', [1, 4, 4]),
      conv: conv2dNode(float64(new Float64Array(18).fill(0.25), [2, 1, 3, 3]), { padding: 'same' }),
      inner,
      pool: nirNode('SumPool2d', { kernel_size: [2, 2], stride: [2, 2], padding: [0, 0] }),
      flat: nirNode('Flatten', {
        start_dim: int64(0),
        end_dim: int64(-1),
        input_type: int64Array([2, 2, 2]),
      }),
      out: port('Output', [8]),
    },
    ['in>conv>inner>pool>flat>out'],
    { dt: float64([1e-3], []), reset: 'zero', note: { by: 'nobody' } },
  );
}

/**
 * Damage of three kinds: anywhere, lengths too; in place, where offsets stay right, so that the library reads on; and to a graph that
 * is then written whole, which the library reads and the check has to find.
 */
async function damaged(originals: Uint8Array[], i: number): Promise<Uint8Array> {
  const random = stream(0, 'probe', 'nir', i);
  if (i % 2 === 0) return mutate(originals, random);
  if (i % 8 === 1) return encodeNir(mutatedGraph(random));
  const bytes = originals[random.integer(0, originals.length - 1)].slice();
  for (let n = random.integer(1, 6); n > 0;) {
    const at = random.integer(0, bytes.length - 1);
    if (bytes[at] === 0 && random.chance(0.9)) continue; // most of a file is empty space
    bytes[at] = random.chance(0.5) ? random.integer(0, 255) : bytes[at] ^ (1 << random.integer(0, 7));
    n--;
  }
  return bytes;
}

/** The graph of today with a field, a shape, a type or an edge changed. */
function mutatedGraph(random: Stream): NirGraph {
  const graph = todaysGraph();
  const pick = <T>(from: readonly T[]): T => from[random.integer(0, from.length - 1)];
  for (let n = random.integer(1, 3); n > 0; n--) {
    const inner = graph.nodes.get('inner') as NirGraph;
    const place = random.chance(0.5) ? graph : inner;
    const node = pick([...place.nodes.values()].filter((one): one is NirNode => !isNirGraph(one)));
    const names = Object.keys(node.fields);
    const name = pick(names);
    const field = node.fields[name];
    switch (pick(['drop', 'add', 'value', 'shape', 'type', 'edge', 'cut', 'word'])) {
      case 'drop':
        delete node.fields[name];
        break;
      case 'add':
        node.fields.extra = int64(1);
        break;
      case 'value':
        if (typeof field !== 'string') {
          const value = pick([0, -1, 1, 2, 3, 1e9, 2 ** 40]);
          field.data[random.integer(0, field.data.length - 1)] = (
            field.data instanceof BigInt64Array ? BigInt(value) : value
          ) as never;
        }
        break;
      case 'shape':
        if (typeof field !== 'string')
          field.shape = pick([
            [field.data.length],
            [1, field.data.length],
            [field.data.length, 1],
            [...field.shape, 1],
          ]);
        break;
      case 'type':
        node.type = pick(['LIF', 'IF', 'Affine', 'Conv2d', 'Flatten', 'Delay', 'Threshold', 'MaxPool2d']);
        break;
      case 'edge':
        place.edges.push([pick([...place.nodes.keys()]), pick([...place.nodes.keys()])]);
        break;
      case 'cut':
        place.edges.splice(random.integer(0, place.edges.length - 1), 1);
        break;
      default:
        node.fields[name] = pick(['same', 'valid', 'x']);
    }
    if (Object.keys(node.fields).length === 0) node.fields.extra = int64(1);
  }
  return graph;
}

/** The library does not end on some files (input 4 is one): the thread is ended then. */
const LIMIT = 3000;
/** Nothing larger is run: a damaged size may ask for a long computation, which is no fault of the reader. */
const MOST_RUN = 100_000;

/**
 * Throws damaged files at the reader, and what it takes at all that takes a graph.
 *
 * @param limit - milliseconds after which a file is given up
 * @throws Error naming the input where anything but the errors of the house is thrown
 */
export async function fuzzNir(inputs: number, limit = LIMIT): Promise<NirFuzzReport> {
  const originals = [readFileSync('data/conformance/norse/lif_norse.nir'), await encodeNir(todaysGraph())];
  const report: NirFuzzReport = {
    ...{ inputs, refused: 0, unsound: 0, ran: 0, lost: 0, reasons: 0, slowest: 0, growth: 0 },
  };
  const reasons = new Set<string>();
  let thread: Hdf5Thread = startHdf5Thread();
  await thread.read(originals[0], 'whole.nir');
  const before = process.memoryUsage().rss;
  for (let i = 0; i < inputs; i++) {
    const bytes = await damaged(originals, i);
    const start = performance.now();
    try {
      const graph = decodeGraph(await thread.read(bytes, 'damaged.nir', limit), 'damaged.nir');
      report[used(graph) ? 'ran' : 'unsound']++;
    } catch (error) {
      if (!(error instanceof DataError))
        throw new Error(`input ${i}, ${bytes.length} bytes`, { cause: error });
      report.refused++;
      reasons.add(error.message.replace(/"[^"]*"|[\d,.-]+/g, '#'));
    }
    report.slowest = Math.max(report.slowest, performance.now() - start);
    if (thread.lost) {
      await thread.end();
      thread = startHdf5Thread();
      report.lost++;
    }
    if (i % 256 === 0) report.growth = Math.max(report.growth, process.memoryUsage().rss - before);
  }
  await thread.end();
  report.reasons = reasons.size;
  return report;
}

/** Does with a graph all that can be done. Whether it was sound. */
function used(graph: NirGraph): boolean {
  const { findings, shapes } = checkNir(graph);
  if (findings.some(({ level }) => level === 'error')) return false;
  nirVerdicts(graph);
  const conventions = {
    dt: 1e-3,
    integration: 'euler',
    reset: 'zero',
    comparison: '>',
    synapse: 'new',
  } as const;
  const sizes = [...shapes.values()].map(({ takes, gives }) => Math.max(countOf(takes), countOf(gives)));
  if (Math.max(...sizes) > MOST_RUN) return true;
  try {
    const inputs = [...graph.nodes].filter(([, node]) => !isNirGraph(node) && node.type === 'Input');
    const frames = inputs.map(([name]): [string, Float64Array[]] => {
      const frame = new Float64Array(countOf(shapes.get(name)!.gives)).fill(1);
      return [name, [frame, frame]];
    });
    runNir(graph, Object.fromEntries(frames), conventions);
    importNir(graph, conventions);
  } catch (error) {
    if (!(error instanceof SettingsError || error instanceof UnsupportedError)) throw error;
  }
  return true;
}

/** The report as one line for a log. */
export const nirFuzzLine = ({
  inputs,
  refused,
  reasons,
  unsound,
  ran,
  lost,
  slowest,
  growth,
}: NirFuzzReport): string =>
  `${inputs} damaged NIR files: ${refused} refused for ${reasons} reasons, ${unsound} unsound, ${ran} sound and used, ` +
  `${lost} threads lost, slowest ${slowest.toFixed(0)} ms, process grew by ${(growth / 2 ** 20).toFixed(0)} MiB`;
