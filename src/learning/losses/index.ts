// The losses by kind: those that judge logits, alone or as terms of a list with weights, and beside them the terms that judge
// neurons (neuron-terms.ts). Adding one: its file, and its line in `builtIn`. What an experiment may say and what the engines
// compute (objective.ts) follow from the lists.
import { z } from 'zod';
import { atLeastZero, chosenBy, settings } from '../../settings.js';
import type { LossKindOf } from './loss.js';
import { mean } from './mean.js';
import { isNeuronTerm, neuronTerms, type NeuronTermSettings, type Weighted } from './neuron-terms.js';
import { rateMse } from './rate-mse.js';
import { tet, type TetSettings } from './tet.js';

export type { Logits } from './loss.js';

const builtIn = [mean, tet, rateMse] as const;

type SettingsOf<One> = One extends LossKindOf<infer Settings> ? Settings : never;

/** A loss that judges logits, alone. */
export type LogitLossSettings = SettingsOf<(typeof builtIn)[number]>;
/** One term of several, with its weight. */
export type LossTerm = Weighted<{ kind: 'mean' } | { kind: 'rateMse' } | TetSettings | NeuronTermSettings>;
/** Objective: one loss of the logits, or terms whose weighted values are added up. */
export type LossSettings = LogitLossSettings | LossTerm[];
/** Reductions of the logits over the time steps: see the file of each. */
export type LossKind = LogitLossSettings['kind'];
/** Every {@link LossKind}. */
export const LOSS_KINDS: readonly LossKind[] = builtIn.map(({ kind }) => kind);

type Leave<One, Names extends PropertyKey> = One extends unknown
  ? Omit<One, Names> & Partial<Pick<One, Names & keyof One>>
  : never;
/** Input of a loss: missing fields take their defaults. */
export type LossInput =
  | Partial<LogitLossSettings>
  | (
      | { kind?: 'mean'; weight?: number }
      | Leave<
          LossTerm,
          'weight' | 'lambda' | 'target' | 'window' | 'degeneration' | 'saturation' | 'mismatch'
        >
    )[];

/** All kinds by name. */
export const losses = new Map<string, LossKindOf<LogitLossSettings>>(
  builtIn.map((one) => [one.kind, one as unknown as LossKindOf<LogitLossSettings>]),
);

const withKind = (given: unknown): unknown =>
  typeof given === 'object' && given !== null && !Array.isArray(given) ? { kind: 'mean', ...given } : given;

const kinds = <T>(of: z.ZodType[]): z.ZodType<T> =>
  z.preprocess(
    withKind,
    z.discriminatedUnion('kind', of as unknown as [z.ZodObject]),
  ) as unknown as z.ZodType<T>;

const NEURONS_ALONE =
  'judges neurons and not logits: give a list with a term that does, such as [{"kind": "mean"}, …]';

/** One loss; a kind that judges neurons is distinguished from an unknown one. */
const alone = withKindKnown(kinds<LogitLossSettings>(builtIn.map((one) => one.settings)));

function withKindKnown(schema: z.ZodType<LogitLossSettings>): z.ZodType<LogitLossSettings> {
  return chosenBy((given) => {
    const { kind } = (given ?? {}) as { kind?: unknown };
    if (typeof kind !== 'string' || !neuronTerms.has(kind)) return schema;
    return z.never({ error: `${kind} ${NEURONS_ALONE}` }) as z.ZodType<LogitLossSettings>;
  }) as unknown as z.ZodType<LogitLossSettings>;
}

/** The most terms of a loss. */
const MOST_TERMS = 20;

const terms = z
  .array(
    kinds<LossTerm>(
      [...builtIn, ...neuronTerms.values()].map(({ kind, fields }) =>
        settings({ kind: z.literal(kind), weight: atLeastZero.default(1), ...fields }),
      ),
    ),
  )
  .max(MOST_TERMS)
  .refine((given) => given.some((term) => !isNeuronTerm(term)), {
    error: `no term judges the logits; add one of ${LOSS_KINDS.join(', ')}`,
  });

/** Its settings in an experiment: one loss, without a kind `mean`; or a list of terms. */
export const lossSchema: z.ZodType<LossSettings> = chosenBy((given) =>
  Array.isArray(given) ? (terms as z.ZodType<LossSettings>) : alone,
) as unknown as z.ZodType<LossSettings>;

/** The paper's: cross entropy of the time mean. */
export const defaultLoss = lossSchema.parse({}) as LogitLossSettings;

/** The loss without the terms that judge neurons. */
export const ofLogits = (loss: LossSettings): LossSettings =>
  Array.isArray(loss) ? loss.filter((term) => !isNeuronTerm(term)) : loss;

/** The terms of a loss that judge neurons; none of a loss of logits alone. */
export const neuronTermsOf = (loss: LossSettings): Weighted<NeuronTermSettings>[] =>
  Array.isArray(loss) ? loss.filter((term) => isNeuronTerm(term)) : [];
