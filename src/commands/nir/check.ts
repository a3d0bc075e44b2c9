// `sgs nir check`: whether a file is a sound NIR graph, and what is in it. Tests: test/commands/nir.test.ts.
import { fitted } from '../help.js';
import type { Command } from 'commander';
import { printTable } from '../../display/print-table.js';
import { checkNir, type NirCheck, nodeAt } from '../../interchange/nir/check.js';
import { findingText } from '../../interchange/nir/finding.js';
import { isNirGraph, type NirGraph } from '../../interchange/nir/graph.js';
import { shapeText } from '../../interchange/nir/nodes/kind.js';
import { readNir } from '../../interchange/nir/read.js';
import { nirVerdicts } from '../../interchange/nir/verdicts.js';
import { print, tell } from '../../print.js';
import { inertText } from '../../text.js';
import { printVerdicts } from './verdicts.js';

const HELP = `
Says what the graph holds, with the shapes on both sides of every node; its loops, and which edges of them bring what was given
in the step before; all that is wrong with it; and what each program that reads NIR makes of it. Exit code 1 where it cannot be run. What is no HDF5 file is refused by its
first bytes; nothing in a file is executed.

Example:
  sgs nir check network.nir`;

/** Adds the part to the command `nir`. */
export function addCheck(nir: Command): void {
  nir
    .command('check')
    .description('whether a file is a sound NIR graph: nodes, shapes, loops, and what is wrong with it')
    .argument('<file>', 'a NIR file')
    .option('--json', 'the same as JSON')
    .addHelpText('after', fitted(HELP))
    .action(check);
}

async function check(file: string, { json }: { json?: true }): Promise<void> {
  const graph = await readNir(file, { check: false });
  const found = checkNir(graph);
  const isSound = found.findings.every(({ level }) => level !== 'error');
  if (json) print(JSON.stringify(asJson(graph, found), null, 2));
  else printCheck(file, graph, found);
  if (isSound && !json) {
    print('\nprograms that read NIR:');
    printVerdicts(nirVerdicts(graph));
  }
  if (isSound) return;
  tell(`sgs: ${file}: not a sound graph, see above; mend it in the program that wrote it`);
  process.exitCode = 1;
}

interface NodeRow {
  node: string;
  type: string;
  takes: number[] | null;
  gives: number[] | null;
}

/** All nodes, those of graphs within it behind their names. */
function nodeRows(graph: NirGraph, { shapes }: NirCheck, path = ''): NodeRow[] {
  return [...graph.nodes].flatMap(([name, node]) => {
    const at = path === '' ? name : `${path}/${name}`;
    const { takes = null, gives = null } = shapes.get(at) ?? {};
    const row = { node: at, type: node.type, takes, gives };
    return isNirGraph(node) ? [row, ...nodeRows(node, { shapes } as NirCheck, at)] : [row];
  });
}

function asJson(graph: NirGraph, found: NirCheck): object {
  const { findings, recurrence, conventions } = found;
  const isSound = findings.every(({ level }) => level !== 'error');
  return {
    sound: isSound,
    version: graph.version ?? null,
    nodes: nodeRows(graph, found),
    edges: graph.edges,
    recurrence,
    conventions,
    findings,
    verdicts: isSound ? nirVerdicts(graph) : [],
  };
}

function printCheck(file: string, graph: NirGraph, found: NirCheck): void {
  const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? '' : 's'}`;
  const by = graph.version === undefined ? 'no version' : `version ${inertText(graph.version.slice(0, 40))}`;
  print(`${file}: ${count(graph.nodes.size, 'node')}, ${count(graph.edges.length, 'edge')}, ${by}\n`);
  const rows = nodeRows(graph, found).map(({ node, type, takes, gives }) => ({
    ...{ node, type, takes: takes ? shapeText(takes) : '', gives: gives ? shapeText(gives) : '' },
  }));
  printTable(rows);
  for (const { nodes, delayed } of found.recurrence)
    print(
      inertText(
        `loop: ${nodes.join(', ')}; ${delayed.map((edge) => edge.join(' → ')).join(', ')} brings what was given in the step before`,
      ),
    );
  const stated = Object.entries(found.conventions).map((pair) => pair.join(' '));
  print(
    stated.length > 0
      ? `\nrun with, as its metadata say: ${stated.join(', ')}`
      : '\nits metadata do not say how it is run: dt, integration and reset are asked for',
  );
  const { findings } = found;
  if (findings.length === 0) print('sound: nothing was found that is wrong with it');
  for (const finding of findings)
    print(`${finding.level}: ${findingText(finding, nodeAt(graph, finding.node))}`);
}
