// Errors of readers of binary files.

/** Reports a malformation with its byte offset; never returns. */
export type Fail = (offset: number, expected: string, found: string) => never;
