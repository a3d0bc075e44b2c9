// Recordings of an event camera in folders of classes.
import { classFiles, hasClassesOf } from './folders.js';
import type { OwnFormat } from './format.js';
import { framedDataset, RECORDING_ENDINGS } from './recordings.js';

export const recordingFolder: OwnFormat = {
  title:
    'a folder of recordings in a folder a class, or such folders in train and test: .aedat (AEDAT 2.0 or 3.1 of a DVS128) or .bin (as N-MNIST)',
  framed: true,
  recognises: (path) => hasClassesOf(path, RECORDING_ENDINGS),
  load: (context) => framedDataset(context, classFiles(context.path, RECORDING_ENDINGS)),
};
