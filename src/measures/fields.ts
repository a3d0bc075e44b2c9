// Fields that the settings and rows of several measures hold.
import { z } from 'zod';
import { atLeastZero, count as atLeastOne } from '../settings.js';

// Settings.
/** Only the first n test examples. */
export const limit = atLeastOne.optional();
/** More points than a figure shows. */
export const MOST_POINTS = 1000;
export const amounts = z.array(atLeastZero).min(1).max(MOST_POINTS);

// Rows.
export const share = z.number().min(0).max(1);
export const amount = z.number().min(0);
export const count = z.int().min(0);
export const step = z.int().min(1);
export const text = z.string();
export const accuracyFields = { accuracy: share, loss: z.number(), examples: count };
