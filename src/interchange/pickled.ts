// The values of a pickle: plain values, and names of what it would make or call. Tests: test/interchange/pickle.test.ts.

/** A class or function that a pickle names. */
export class PickledGlobal {
  constructor(readonly name: string) {}
}

/** What a pickle would make by calling a global of the list; nothing is called. */
export class PickledCall {
  constructor(
    readonly name: string,
    readonly args: readonly Pickled[],
  ) {}
}

/** Something outside of the pickle that it refers to: a storage. */
export class PickledReference {
  constructor(readonly id: Pickled) {}
}

/** A dictionary, and an ordered one. */
export class PickledDict {
  readonly entries: [key: Pickled, value: Pickled][] = [];
}

/** A value of a pickle. */
export type Pickled =
  | string
  | number
  | boolean
  | null
  | readonly Pickled[]
  | PickledDict
  | PickledGlobal
  | PickledCall
  | PickledReference;
