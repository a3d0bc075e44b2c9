// The tree of a NIR file as a graph, and nothing more: whether the graph makes sense is check.ts's.
// Tests: test/interchange/nir/read.test.ts.
import { DataError } from '../../errors.js';
import { inertText } from '../../text.js';
import type { NirField, NirGraph, NirMetadata, NirNode } from './graph.js';
import type { Hdf5Group, Hdf5Item, Hdf5Text } from './hdf5-tree.js';

const isGroup = (item: Hdf5Item | undefined): item is Hdf5Group => item instanceof Map;
const isText = (item: Hdf5Item | undefined): item is Hdf5Text =>
  item !== undefined && !isGroup(item) && 'texts' in item;

/**
 * Makes a graph of a tree as `nir.write` lays it out: `/node` with `type`, `nodes`, `edges`, and `/version` beside it.
 *
 * @param file - its name, for errors
 * @throws DataError naming the node and what is missing or of another kind
 */
export function decodeGraph(tree: Hdf5Group, file: string): NirGraph {
  const fail = (found: string, remedy = 'write it again with nir.write'): never => {
    throw new DataError(file, `not a NIR file: ${found}`, remedy);
  };
  const top = tree.get('node');
  if (!isGroup(top))
    return fail(
      `it has no group node (there ${tree.size === 0 ? 'is nothing' : `are ${[...tree.keys()].slice(0, 8).map(quoted).join(', ')}`})`,
      'name a file that holds a NIR graph; NIRGraphData, which holds traces, is another thing',
    );
  const graph = nodeOf(top, '');
  if (graph.type !== 'NIRGraph')
    return fail(`its outermost node is of type ${quoted(graph.type)}, expected "NIRGraph"`);
  const version = tree.get('version');
  return {
    ...(graph as NirGraph),
    ...(isText(version) && version.texts.length === 1 && { version: version.texts[0] }),
  };

  function nodeOf(group: Hdf5Group, path: string): NirNode | NirGraph {
    const where = path === '' ? 'the graph' : `node ${quoted(path)}`;
    const type = wordOf(group.get('type'));
    if (type === undefined) return fail(`${where} has no type, expected one text named type`);
    const described = group.get('metadata');
    if (described !== undefined && !isGroup(described))
      return fail(`metadata of ${where} is a data set, expected a group`);
    const metadata = described && { metadata: metadataOf(described) };
    const rest = [...group].filter(([name]) => name !== 'type' && name !== 'metadata');
    if (type === 'NIRGraph') return { type, ...innerOf(rest, where, path), ...metadata };
    const fields = rest.map(([name, item]): [string, NirField] => {
      if (isGroup(item)) return fail(`${quoted(name)} of ${where} (${quoted(type)}) is a group`);
      return [
        name,
        isText(item) ? (wordOf(item) ?? fail(`${quoted(name)} of ${where} is several texts`)) : item,
      ];
    });
    return { type, fields: Object.fromEntries(fields), ...metadata };
  }

  function innerOf(
    items: [string, Hdf5Item][],
    where: string,
    path: string,
  ): Pick<NirGraph, 'nodes' | 'edges'> {
    const { nodes, edges, ...others } = Object.fromEntries(items);
    const other = Object.keys(others)[0];
    if (other !== undefined) fail(`${where} has ${quoted(other)}, expected type, nodes, edges and metadata`);
    if (!isGroup(nodes)) return fail(`${where} has no group nodes`);
    const inner = [...nodes].map(([name, item]): [string, NirNode | NirGraph] => {
      const place = path === '' ? name : `${path}/${name}`;
      return isGroup(item)
        ? [name, nodeOf(item, place)]
        : fail(`node ${quoted(place)} is a data set, expected a group`);
    });
    return { nodes: new Map(inner), edges: edgesOf(edges, where) };
  }

  function edgesOf(item: Hdf5Item | undefined, where: string): NirGraph['edges'] {
    if (item === undefined || isGroup(item)) return fail(`${where} has no data set edges`);
    if (item.shape.includes(0)) return []; // an empty list has no kind of its own: numbers, of whatever shape
    if (!isText(item) || item.shape.length !== 2 || item.shape[1] !== 2)
      return fail(
        `edges of ${where} are ${isText(item) ? 'texts' : 'numbers'} of shape [${item.shape}], expected pairs of names, [edges, 2]`,
      );
    return Array.from({ length: item.shape[0] }, (_, i) => [item.texts[2 * i], item.texts[2 * i + 1]]);
  }
}

/** One text, alone or in an array of one. */
const wordOf = (item: Hdf5Item | undefined): string | undefined =>
  isText(item) && item.texts.length === 1 ? item.texts[0] : undefined;

/** Metadata as it stands; several texts under one name become a group by their numbers. */
const metadataOf = (group: Hdf5Group): NirMetadata =>
  Object.fromEntries(
    [...group].map(([name, item]): [string, NirField | NirMetadata] => {
      if (isGroup(item)) return [name, metadataOf(item)];
      return [name, isText(item) ? textsOf(item) : item];
    }),
  );

const textsOf = ({ texts }: Hdf5Text): string | NirMetadata =>
  texts.length === 1 ? texts[0] : Object.fromEntries(texts.map((text, i) => [String(i), text]));

/** A name in a message: inert and short. */
const quoted = (name: string): string => inertText(JSON.stringify(name.slice(0, 120)));
