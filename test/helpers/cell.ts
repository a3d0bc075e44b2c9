// Stands in for the kernel's output channel: what display functions send to a cell, without a kernel.
import { createRequire } from 'node:module';
import type { MimeBundle } from '../../src/cell/output.js';
import type { JsonObject } from '../../src/json.js';

/** What was sent to the cell. */
export interface SentMessage {
  data: MimeBundle;
  metadata: JsonObject;
  id: string | undefined;
  update: boolean;
}

const PLACE = '/nowhere/tslab/dist/jupyter.js';

/** Runs work as if in a notebook cell and gives what it sent. Serial tests only: the channel is the process's. */
export async function inCell(work: () => void | Promise<void>): Promise<SentMessage[]> {
  const sent: SentMessage[] = [];
  const lastWriteDisplayData = (
    message: { data: MimeBundle; metadata: JsonObject; transient: { display_id?: string } },
    update: boolean,
  ): void => {
    sent.push({ data: message.data, metadata: message.metadata, id: message.transient.display_id, update });
  };
  const { cache } = createRequire(import.meta.url);
  cache[PLACE] = { exports: { lastWriteDisplayData } } as NodeModule;
  try {
    await work();
  } finally {
    delete cache[PLACE];
  }
  return sent;
}

/** Runs work and gives what it printed with `console.log`. Serial tests only. */
export async function printed(work: () => void | Promise<void>): Promise<string> {
  const { log } = console;
  const lines: unknown[] = [];
  console.log = (line: unknown): void => void lines.push(line);
  try {
    await work();
  } finally {
    console.log = log;
  }
  return lines.join('\n');
}
