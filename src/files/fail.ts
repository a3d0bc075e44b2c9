// How readers of binary files report what is malformed.

/** Reports a malformation with its byte offset; never returns. */
export type Fail = (offset: number, expected: string, found: string) => never;
