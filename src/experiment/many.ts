// Reads many experiments that differ in few settings, such as a sweep's: settings read before are not checked again, and are one
// object.
import type { z } from 'zod';
import type { Experiment } from './experiment.js';
import { experimentSchema } from './schema.js';

/** The schemas of an experiment's settings by name: each is checked by itself, no check looks at two. */
const sections = Object.entries(experimentSchema.shape as Readonly<Record<string, z.ZodType>>);
const names = new Set(sections.map(([name]) => name));

/** Settings of one name that are remembered: more than the values of an axis of a grid, fewer than of a list of all trials. */
const REMEMBERED = 4096;

/**
 * A reader of settings that may be an experiment.
 *
 * @returns gives the experiment, equal parts of which are the same objects as before, or undefined where the settings are none: then
 *   `parseExperiment` says why
 */
export function experimentReader(): (given: Readonly<Record<string, unknown>>) => Experiment | undefined {
  const known = new Map(sections.map(([name]) => [name, new Map<string | undefined, unknown>()]));
  return (given) => {
    if (Object.keys(given).some((name) => !names.has(name))) return undefined;
    const experiment: Record<string, unknown> = {};
    for (const [name, schema] of sections) {
      const text = JSON.stringify(given[name]) as string | undefined;
      const read = known.get(name)!;
      if (!read.has(text)) {
        const result = schema.safeParse(given[name]);
        if (!result.success) return undefined;
        if (read.size === REMEMBERED) read.clear();
        read.set(text, result.data);
      }
      const value = read.get(text);
      if (value !== undefined) experiment[name] = value;
    }
    return experiment as unknown as Experiment;
  };
}
