// shapes10, the embedded image set: ten figures drawn from a seed, nothing downloaded.
import { join } from 'node:path';
import { SettingsError } from '../../errors.js';
import { stream } from '../../random.js';
import type { Dataset, Examples } from '../dataset.js';
import { fingerprint } from '../fingerprint.js';
import { type DatasetDefinition, neutralImages } from './definition.js';
import { SIZE } from './shapes10/canvas.js';
import { drawImage } from './shapes10/draw.js';
import { FIGURES } from './shapes10/figures.js';
import { keep, type Parts, readKept } from './shapes10/kept.js';

/** The classes in label order. */
export const SHAPES10_CLASSES: readonly string[] = FIGURES.map(({ name }) => name);

const SHAPE: Dataset['shape'] = [SIZE, SIZE, 3];
const BYTES = SIZE * SIZE * 3;
const SIZES = { train: 4000, test: 1000 };
/** Of the default set. What is kept in the cache and has another one is drawn anew. */
const FINGERPRINT = '25a4ba1bfd6e21d84a27d4404cef2c6f7354fe440fec5c9bbf7dbd750dd61c82';

export const shapes10Definition: DatasetDefinition = {
  name: 'shapes10',
  title: 'shapes10',
  kind: 'images',
  shape: SHAPE,
  classes: SHAPES10_CLASSES,
  sizes: SIZES,
  normalisation: neutralImages,
  load: ({ cache }) => defaultShapes10(join(cache, 'shapes10.bin')),
};

/** Part of shapes10 to draw. */
export interface Shapes10Options {
  /** Training images, a positive integer; default 4000. */
  train?: number;
  /** Test images, a positive integer; default 1000. */
  test?: number;
  /** Seed of the set, a non-negative integer; default 0. It has nothing to do with the seed of a training. */
  seed?: number;
}

/**
 * Draws shapes10: 32 × 32 RGB images of ten figures, told apart by shape alone. Colours, texture, place, size,
 * tilt, stretch, clutter, occlusion, light and noise are random and do not depend on the class.
 *
 * Every image has its own stream, hence a smaller set is the beginning of a larger one. Labels come in blocks of
 * ten that hold each class once, in a random order.
 *
 * @throws SettingsError when a count is not a positive integer or the seed not a non-negative one
 */
export function shapes10({
  train = SIZES.train,
  test = SIZES.test,
  seed = 0,
}: Shapes10Options = {}): Dataset {
  return described(
    { train: shapes10Part('train', train, seed), test: shapes10Part('test', test, seed) },
    seed,
  );
}

/** The default set: as it was kept, where that is it byte by byte, else drawn and kept. */
function defaultShapes10(file: string): Dataset {
  const kept = readKept(file, SIZES, BYTES);
  const dataset = kept && described(kept, 0);
  if (dataset?.fingerprint === FINGERPRINT) return dataset;
  const drawn = shapes10();
  keep(file, drawn);
  return drawn;
}

function described({ train, test }: Parts, seed: number): Dataset {
  const parts = {
    name: 'shapes10' as const,
    kind: 'images' as const,
    shape: [...SHAPE] as Dataset['shape'],
    classes: [...SHAPES10_CLASSES],
    normalisation: neutralImages,
    train,
    test,
  };
  return {
    ...parts,
    fingerprint: fingerprint(parts, neutralImages),
    description: `shapes10: ${grouped(train.count)} training and ${grouped(test.count)} test images, drawn from seed ${seed}`,
  };
}

/**
 * Draws one part of shapes10, where the other is not needed.
 *
 * @param part - each part has images of its own
 * @param count - how many, a positive integer
 * @param seed - as of {@link shapes10}
 * @throws SettingsError when the count is not a positive integer or the seed not a non-negative one
 */
export function shapes10Part(part: 'train' | 'test', count: number, seed = 0): Examples {
  if (!Number.isSafeInteger(count) || count < 1)
    throw new SettingsError(
      `shapes10: ${part} must be a positive integer, got ${count}; the default set has 4000 and 1000`,
    );
  const classes = SHAPES10_CLASSES.length;
  const data = new Uint8Array(count * BYTES);
  const labels = new Uint8Array(count);
  let block: Int32Array = new Int32Array();
  for (let i = 0; i < count; i++) {
    if (i % classes === 0)
      block = stream(seed, 'generate', 'shapes10', part, 'labels', i / classes).permutation(classes);
    labels[i] = block[i % classes];
    data.set(drawImage(labels[i], stream(seed, 'generate', 'shapes10', part, i)), i * BYTES);
  }
  return { data, labels, count };
}

const grouped = (n: number): string => n.toLocaleString('en-US');
