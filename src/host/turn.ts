// A turn of the event loop, by Node. A bundler for browsers takes browser/turn.ts in its place.

/** Settles after the event loop has seen to everything else that waits: messages, timers, an interrupt. */
export const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
