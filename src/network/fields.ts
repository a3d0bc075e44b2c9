// Checks of the fields of layers and networks. Tests: test/network/check.test.ts.

/** Kind of a field: its name in a message, and the test. */
export interface Field {
  expected: string;
  holds(value: unknown): boolean;
}

export const integer = (least: number, most: number): Field => ({
  expected: `an integer from ${least} to ${most}`,
  holds: (value) => Number.isInteger(value) && Number(value) >= least && Number(value) <= most,
});
/** Channels, features. */
export const count = integer(1, 2 ** 20);
/** Of a kernel or a pool, in pixels. */
export const side = integer(1, 4096);
export const flag: Field = { expected: 'true or false', holds: (value) => typeof value === 'boolean' };
export const list: Field = { expected: 'a list of layers', holds: Array.isArray };
