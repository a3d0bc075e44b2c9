// The way from library code to the output of the running notebook cell, when there is one.
import { createRequire } from 'node:module';
import type { JsonObject } from '../json.js';
import { print } from '../print.js';

/** Output of a cell, by MIME type. Text is one string here; the file holds it as lines. */
export type MimeBundle = JsonObject;

/** Where the display functions say, in an output's metadata, what it is. */
export const ROLE_KEY = 'sgs-snn';

/** `plotly.js`: the inlined library. `figure`: a figure of `plot`. `progress`: a progress bar. */
export type Role = 'plotly.js' | 'figure' | 'progress';

/** Sends a display message; `update` changes the display with the same id instead of adding one. */
export type DisplayChannel = (
  message: { data: MimeBundle; metadata: JsonObject; transient: { display_id?: string } },
  update: boolean,
) => void;

const TSLAB = /[\\/]tslab[\\/]dist[\\/]jupyter\.js$/;

/**
 * The channel of the kernel that this process is, or undefined outside a notebook.
 *
 * tslab's public API sends one MIME type a message, and a figure needs several; so this is tslab's own channel.
 * It is looked up among the loaded modules: whichever copy of tslab runs is found, and none is ever loaded. It
 * changes with every cell: ask each time.
 */
export function displayChannel(): DisplayChannel | undefined {
  const loaded = createRequire(import.meta.url).cache;
  for (const path of Object.keys(loaded)) {
    if (!TSLAB.test(path)) continue;
    const { lastWriteDisplayData } = (loaded[path]?.exports ?? {}) as { lastWriteDisplayData?: unknown };
    if (typeof lastWriteDisplayData === 'function') return lastWriteDisplayData as DisplayChannel;
  }
  return undefined;
}

/**
 * Shows something in the cell; outside a notebook its plain text is printed.
 *
 * @param data - by MIME type, the richest that a reader can show wins
 * @param metadata - kept with the output
 */
export function show(data: MimeBundle & { 'text/plain': string }, metadata: JsonObject = {}): void {
  const send = displayChannel();
  if (send) send({ data, metadata, transient: {} }, false);
  else print(data['text/plain']);
}
