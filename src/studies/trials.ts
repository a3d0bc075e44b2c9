// The trials of a preset: what all studies ask of it. Here and not with the presets, which know no study.
import type { DatasetName } from '../data/sets/index.js';
import type { Trial } from '../sweep/presets/plan.js';
import { completeTrials, isFor, likenessOf, type PresetName } from '../sweep/presets/presets.js';
import { STUDIES } from './index.js';

/**
 * The trials of a preset, in the order in which they are made: network by network, within one in the order of the studies.
 *
 * @param options - `data`: train those on the preset's main data set on another one instead, whole
 */
export const presetTrials = (preset: PresetName, options: { data?: DatasetName } = {}): Trial[] => {
  const like = likenessOf(preset) ?? preset;
  return completeTrials(
    preset,
    STUDIES.map(({ stem, trials = {} }) => ({ group: stem, trials: trials[preset] ?? trials[like] ?? [] })),
    options,
  );
};

/** The trials of a preset that a notebook looks at. */
export const trialsOf = (
  preset: PresetName,
  notebook: string,
  options: { data?: DatasetName } = {},
): Trial[] => presetTrials(preset, options).filter((trial) => isFor(trial, notebook));
