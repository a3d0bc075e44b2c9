// An HDF5 file as a tree of groups, arrays and texts, by the HDF5 library compiled to WebAssembly (h5wasm). It is C, and the
// file may come from anywhere: sizes are checked before anything is allocated for them, and what NIR files never have (links,
// compound types, filters other than deflate, shuffle and checksums) is refused before the library reads it. What can still
// go wrong in there is hdf5-thread.ts's. Tests: test/interchange/nir/read.test.ts, read.slow.ts.
import type { Metadata } from 'h5wasm';
import type { NirArray } from './graph.js';
import { type H5Module, Hdf5Refusal, numbersKind, shown, utf8 } from './hdf5-values.js';

/** Texts with their shape; `[]` for one. */
export interface Hdf5Text {
  shape: number[];
  texts: string[];
}
/** Entry of a file. */
export type Hdf5Item = NirArray | Hdf5Text | Hdf5Group;
/** A group: items by name. */
export type Hdf5Group = Map<string, Hdf5Item>;

const MOST_ITEMS = 200_000;
const MOST_DEPTH = 24;
const MOST_TEXTS = 2_000_000;
const MOST_AXES = 32;
/** Deflate makes at most 1032 bytes of one. Small files may hold more than that of what was never written. */
const MOST_INFLATED = 1032;
const SMALL = 2 ** 24;
const MOST_BYTES = 2 ** 30;
/** Filters by their numbers in HDF5: deflate, shuffle, Fletcher's checksum. */
const FILTERS = new Set([1, 2, 3]);
const WRITE_AGAIN = 'write or copy the file again';
const WRITE_NIR = 'write it again with nir.write';

/** Most bytes of arrays that a file of this size may hold. */
export const byteLimit = (fileBytes: number): number =>
  Math.min(MOST_BYTES, Math.max(SMALL, fileBytes * MOST_INFLATED));

/**
 * Reads all of a file.
 *
 * @param module - the library
 * @throws Hdf5Refusal; and whatever the library does with damaged bytes: traps and aborts are the caller's
 */
export function readTree(module: H5Module, bytes: Uint8Array): Hdf5Group {
  const name = '/input.nir';
  module.FS.writeFile(name, bytes);
  const file = module.open(name, module.H5F_ACC_RDONLY, false, -1, -1);
  try {
    if (file < 0n) throw new Hdf5Refusal('the HDF5 library cannot open it', WRITE_AGAIN, true);
    return new TreeReader(module, file, byteLimit(bytes.length)).group('/', 0);
  } finally {
    if (file >= 0n) module.close_file(file);
    module.FS.unlink(name);
  }
}

class TreeReader {
  private items = 0;
  private texts = 0;

  constructor(
    private readonly module: H5Module,
    private readonly file: bigint,
    private bytesLeft: number,
  ) {}

  group(path: string, depth: number): Hdf5Group {
    if (depth > MOST_DEPTH)
      throw new Hdf5Refusal(`groups within each other beyond ${MOST_DEPTH}: ${shown(path)}`, WRITE_NIR);
    const made: Hdf5Group = new Map();
    for (const name of this.module.get_names(this.file, path, false)) {
      if (++this.items > MOST_ITEMS) throw new Hdf5Refusal(`more than ${MOST_ITEMS} items`, WRITE_NIR);
      if (name === '' || name === '.' || name.includes('/'))
        throw new Hdf5Refusal(`an item of ${shown(path)} is named ${shown(name)}`, WRITE_AGAIN, true);
      made.set(name, this.item(`${path === '/' ? '' : path}/${name}`, depth));
    }
    return made;
  }

  private item(path: string, depth: number): Hdf5Item {
    const { module } = this;
    const type = module.get_type(this.file, path);
    if (type === module.H5G_GROUP) return this.group(path, depth + 1);
    if (type === module.H5G_DATASET) return this.dataset(path);
    if (type === -1) throw new Hdf5Refusal(`${shown(path)} cannot be opened`, WRITE_AGAIN, true);
    throw new Hdf5Refusal(`${shown(path)} is a link or a type, expected a group or a data set`, WRITE_NIR);
  }

  private dataset(path: string): NirArray | Hdf5Text {
    const { module } = this;
    const metadata = module.get_dataset_metadata(this.file, path);
    const shape = this.checkedShape(path, metadata);
    const count = shape.reduce((product, n) => product * n, 1);
    if (metadata.virtual_sources !== undefined && metadata.virtual_sources.length > 0)
      throw new Hdf5Refusal(`${shown(path)} stands in other files`, WRITE_NIR);
    const filters = module.get_dataset_filters(this.file, path).map(({ id }) => id);
    if (new Set(filters).size !== filters.length || !filters.every((id) => FILTERS.has(id)))
      throw new Hdf5Refusal(
        `${shown(path)} is filtered by HDF5's filters [${filters}], expected deflate (1), shuffle (2) or a checksum (3), each once`,
        WRITE_NIR,
      );
    if (metadata.type === module.H5T_class_t.H5T_STRING.value)
      return { shape, texts: this.textsOf(path, metadata, count) };
    const kind = numbersKind(module, metadata);
    if (kind === undefined)
      throw new Hdf5Refusal(
        `${shown(path)} holds neither numbers of a usual size nor text`,
        'store float32, float64, integers, booleans or text',
      );
    this.allow(path, count * (kind.dtype === 'int64' ? 8 : metadata.size));
    return { dtype: kind.dtype, shape, data: kind.values(this.bytesOf(path, metadata, count), path) };
  }

  private checkedShape(path: string, { shape, chunks, size, total_size: total }: Metadata): number[] {
    if (shape === null) throw new Hdf5Refusal(`${shown(path)} holds nothing (a null data space)`, WRITE_NIR);
    const count = shape.reduce((product, n) => product * n, 1);
    if (shape.length > MOST_AXES || !shape.every((n) => Number.isSafeInteger(n) && n >= 0) || count !== total)
      throw new Hdf5Refusal(
        `${shown(path)} has shape [${shape.slice(0, MOST_AXES)}], expected sizes from 0`,
        WRITE_AGAIN,
        true,
      );
    this.allow(path, count * size, false);
    this.allow(path, (chunks ?? []).reduce((product, n) => product * n, 1) * size, false);
    return [...shape];
  }

  /** Counts bytes against what a file of its size may hold. */
  private allow(path: string, bytes: number, spend = true): void {
    if (!(bytes <= this.bytesLeft))
      throw new Hdf5Refusal(
        `${shown(path)} asks for ${bytes} bytes, of which ${this.bytesLeft} are left to a file of this size`,
        WRITE_AGAIN,
        true,
      );
    if (spend) this.bytesLeft -= bytes;
  }

  private bytesOf(path: string, { size }: Metadata, count: number): Uint8Array {
    return this.read(path, count * size, (at) => this.module.HEAPU8.slice(at, at + count * size));
  }

  /** Lets the library read a data set into its memory, takes what is wanted from there, and frees it. */
  private read<Taken>(path: string, bytes: number, take: (at: number) => Taken): Taken {
    const { module } = this;
    const at = module._malloc(Math.max(1, bytes));
    if (at === 0) throw new Hdf5Refusal(`${shown(path)}: no memory for ${bytes} bytes`, WRITE_AGAIN);
    try {
      module.HEAPU8.fill(0, at, at + bytes);
      if (bytes > 0 && module.get_dataset_data(this.file, path, null, null, null, BigInt(at)) < 0)
        throw new Hdf5Refusal(`${shown(path)} cannot be read`, WRITE_AGAIN, true);
      return take(at);
    } finally {
      module._free(at);
    }
  }

  private textsOf(path: string, { vlen, size }: Metadata, count: number): string[] {
    const { module } = this;
    this.texts += count;
    if (this.texts > MOST_TEXTS) throw new Hdf5Refusal(`more than ${MOST_TEXTS} texts`, WRITE_NIR);
    return this.read(path, count * size, (at) => {
      const texts = Array.from({ length: count }, (_, i) => {
        if (!vlen) return utf8(module.HEAPU8.subarray(at + i * size, at + (i + 1) * size), path);
        const from = new DataView(module.HEAPU8.buffer).getUint32(at + 4 * i, true);
        if (from === 0) return '';
        const end = module.HEAPU8.indexOf(0, from);
        this.allow(path, end - from);
        return utf8(module.HEAPU8.subarray(from, end), path);
      });
      if (vlen && count > 0) module.reclaim_vlen_memory(this.file, path, '', BigInt(at));
      return texts;
    });
  }
}
