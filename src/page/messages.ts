// Messages between the page and its worker.
import type { Origin } from '../records/browser/provenance.js';
import type { Status } from '../records/record.js';
import type { LayerPicture } from './inside.js';

/** What the build of the page wrote down. */
export interface Built {
  /** The code that the page was built from. */
  origin: Origin;
  /** Settings of the experiment that the page begins with. */
  recipe: object;
  /** Digests of the weights that Node found with them, by the id of the run: one for each build of the kernels. */
  digests: Record<string, string>;
}

/** What computes: the event engine on the processor, to the bits of Node, or a graphics card. */
export type EngineChoice = 'event' | 'webgpu';

/** An engine that the page can take. */
export interface OfferedEngine {
  name: EngineChoice;
  description: string;
}

/** From the page. Every message but `look` stops a training. */
export type Asked =
  | { kind: 'open'; origin: Origin; settings: unknown }
  /** Settings are checked; what comes is looked at with them, by the weights that were trained last. */
  | { kind: 'set'; engine: EngineChoice; settings: unknown }
  /** `run`: counts trainings; a report on one names it. */
  | { kind: 'train'; run: number; engine: EngineChoice; settings: unknown }
  | { kind: 'stop' }
  /** An image of the gallery, by its place. */
  | { kind: 'look'; image: number };

/** Images to choose from: bytes `[N, H, W, 3]`, and the class of each. */
export interface Gallery {
  size: number;
  bytes: Uint8Array;
  labels: number[];
  classes: string[];
}

/** Loss and accuracy over the training examples of some steps. */
export interface Point {
  /** Where the steps end, in epochs. */
  epoch: number;
  loss: number;
  accuracy: number;
}

/** From the worker. */
export type Report =
  | { kind: 'ready'; engines: readonly OfferedEngine[]; gallery: Gallery }
  | { kind: 'point'; run: number; point: Point; epochs: number }
  /** An epoch has ended: accuracy on the test part. */
  | { kind: 'tested'; run: number; epoch: number; accuracy: number }
  /** `theta`: the threshold, null where neurons have none in common. `predictions`: the class of each image of the gallery. */
  | { kind: 'inside'; theta: number | null; layers: LayerPicture[]; predictions: number[] }
  | {
      kind: 'ended';
      run: number;
      id: string;
      status: Status;
      /** Of the weights; null where there are none. */
      digest: string | null;
      accuracy: number | null;
      /** The record as a file has it. */
      record: string;
      reason: string | null;
    }
  | { kind: 'failed'; message: string };
