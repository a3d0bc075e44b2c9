// Definitions of "noise level". The paper's Fig. 7 says "noise level", 0.02 to 0.10, and not what it means, so every plausible
// meaning is a definition of its own here, by name, to find the one that has the figure's shape.

/** Fields of every definition. In formulas x is a pixel in [0, 1], z = (x − mean)/std, n standard normal. */
interface Named {
  name: string;
  /** Its name in figures and tables: a few words. */
  title: string;
  /** In words, for people. */
  description: string;
  /** Change of each value. */
  formula: string;
}

/** A normal number is added to every value. */
export interface GaussianDefinition extends Named {
  kind: 'gaussian';
  /** Target of the noise: pixels in [0, 1], or normalised pixels. */
  on: 'pixel' | 'normalised';
  /** Meaning of the level. */
  level: 'sigma' | 'variance';
  /** `range`: to what clean pixels can be. `unit`: to [−1, 1]. */
  clip: 'none' | 'range' | 'unit';
}

/** Some values are replaced by a large or a small one. */
export interface SaltPepperDefinition extends Named {
  kind: 'salt-pepper';
  /** Unit that is replaced: one value, or all channels of a pixel. */
  unit: 'value' | 'pixel';
  /** Meaning of the level: the share that is replaced, or the share of salt among `SALT_PEPPER_AMOUNT`. */
  level: 'amount' | 'salt-share';
  /** What salt and pepper are: white and black; the example's own extremes; +1 and −1 after normalisation. */
  extremes: 'pixel' | 'example' | 'unit';
}

/** A meaning of "noise level". */
export type NoiseDefinition = GaussianDefinition | SaltPepperDefinition;

const gaussian = (
  on: GaussianDefinition['on'],
  level: GaussianDefinition['level'],
  clip: GaussianDefinition['clip'],
  note = '',
): GaussianDefinition => {
  const value = on === 'pixel' ? 'x' : 'z';
  const sum = `${value} + ${level === 'sigma' ? 'level' : '√level'}·n`;
  const bounds = on === 'pixel' ? '0, 1' : clip === 'unit' ? '−1, 1' : '−mean/std, (1 − mean)/std';
  const suffix = { none: '', range: '-clip', unit: '-unit-clip' }[clip];
  const where = on === 'pixel' ? 'pixels in [0, 1]' : 'normalised pixels';
  const clipped =
    clip === 'none'
      ? 'not clipped'
      : clip === 'unit'
        ? 'clipped to [−1, 1]'
        : 'clipped to the range of pixels';
  const end = { none: '', range: ', clipped', unit: ', clipped to ±1' }[clip];
  return {
    name: `gaussian-${on}-${level}${suffix}`,
    title: `Gaussian ${level === 'sigma' ? 'σ' : 'σ²'} on ${on === 'pixel' ? 'pixels' : 'normalised pixels'}${end}`,
    kind: 'gaussian',
    description: `level is the ${level === 'sigma' ? 'standard deviation' : 'variance'} on ${where}, ${clipped}${note}`,
    formula: clip === 'none' ? sum : `clip(${sum}, ${bounds})`,
    on,
    level,
    clip,
  };
};

/** Share of replaced values where the level is the share of salt: scikit-image's default amount. */
export const SALT_PEPPER_AMOUNT = 0.05;

/** Every definition, for lists and choices. */
export const NOISE_DEFINITIONS: readonly NoiseDefinition[] = [
  gaussian('pixel', 'sigma', 'none'),
  gaussian('pixel', 'sigma', 'range'),
  gaussian('pixel', 'variance', 'none'),
  gaussian('pixel', 'variance', 'range', "; scikit-image's random_noise"),
  gaussian('normalised', 'sigma', 'none'),
  gaussian('normalised', 'sigma', 'range'),
  gaussian('normalised', 'variance', 'none'),
  gaussian('normalised', 'variance', 'range'),
  gaussian(
    'normalised',
    'variance',
    'unit',
    ", as scikit-image's random_noise does to an image with negative values",
  ),
  {
    name: 'salt-pepper-values',
    title: 'salt and pepper on values',
    kind: 'salt-pepper',
    description: "each value of each channel is replaced with probability level; scikit-image's random_noise",
    formula: 'x → 1 or 0, each with probability level/2',
    unit: 'value',
    level: 'amount',
    extremes: 'pixel',
  },
  {
    name: 'salt-pepper-pixels',
    title: 'salt and pepper on whole pixels',
    kind: 'salt-pepper',
    description: 'each pixel is replaced whole, white or black, with probability level',
    formula: '(r, g, b) → (1, 1, 1) or (0, 0, 0), each with probability level/2',
    unit: 'pixel',
    level: 'amount',
    extremes: 'pixel',
  },
  {
    name: 'salt-pepper-extremes',
    title: 'salt and pepper, extremes of the example',
    kind: 'salt-pepper',
    description:
      "each normalised value is replaced with probability level by the example's largest or smallest one",
    formula: 'z → max z or min z of the example, each with probability level/2',
    unit: 'value',
    level: 'amount',
    extremes: 'example',
  },
  {
    name: 'salt-pepper-normalised-unit',
    title: 'salt and pepper, ±1 on normalised values',
    kind: 'salt-pepper',
    description:
      "each normalised value is replaced with probability level by ±1, as scikit-image's random_noise does to an " +
      'image with negative values',
    formula: 'z → 1 or −1, each with probability level/2',
    unit: 'value',
    level: 'amount',
    extremes: 'unit',
  },
  {
    name: 'salt-pepper-share',
    title: 'share of salt',
    kind: 'salt-pepper',
    description: `level is the share of salt among ${SALT_PEPPER_AMOUNT} of the values (salt_vs_pepper of scikit-image, default amount)`,
    formula: `x → 1 with probability ${SALT_PEPPER_AMOUNT}·level, 0 with probability ${SALT_PEPPER_AMOUNT}·(1 − level)`,
    unit: 'value',
    level: 'salt-share',
    extremes: 'pixel',
  },
  {
    name: 'salt-pepper-share-normalised-unit',
    title: 'share of salt, ±1 on normalised values',
    kind: 'salt-pepper',
    description: `level is the share of salt among ${SALT_PEPPER_AMOUNT} of the normalised values, salt and pepper are ±1`,
    formula: `z → 1 with probability ${SALT_PEPPER_AMOUNT}·level, −1 with probability ${SALT_PEPPER_AMOUNT}·(1 − level)`,
    unit: 'value',
    level: 'salt-share',
    extremes: 'unit',
  },
];

/** A definition's name in figures and tables: its title; of an unknown one, the name itself. */
export const noiseTitle = (name: string): string =>
  NOISE_DEFINITIONS.find((definition) => definition.name === name)?.title ?? name;
