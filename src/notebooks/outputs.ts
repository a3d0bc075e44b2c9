// Gathers the messages of a kernel into the outputs of a cell.
import type { MimeBundle } from '../cell/output.js';
import type { JsonObject } from '../json.js';
import type { Output } from './nbformat.js';

/** A message of the kernel's output channel. */
export interface OutputMessage {
  type: string;
  content: {
    name?: 'stdout' | 'stderr';
    text?: string;
    data?: MimeBundle;
    metadata?: JsonObject;
    transient?: { display_id?: string };
    wait?: boolean;
    ename?: string;
    evalue?: string;
    traceback?: string[];
  };
}

type DisplayOutput = Extract<Output, { data: MimeBundle }>;

/** Displays that can still be updated, by id: those of all cells of a kernel. */
export type Displays = Map<string, DisplayOutput[]>;

/**
 * A carriage return starts its line anew, as in a terminal: of a text progress bar only the last state remains.
 *
 * @param text - a stream's text, whole
 */
export const collapseReturns = (text: string): string =>
  text.replace(/\r+\n/g, '\n').replace(/^[^\n]*\r(?=[^\n])/gm, '');

/**
 * Leaves out the frames of a stack trace that are the kernel's own: they say nothing about the cell, and they
 * name folders of this machine.
 *
 * @param text - what a cell wrote to stderr
 */
export const trimStack = (text: string): string =>
  text.replace(/^ +at .*(\bnode:|[\\/]tslab[\\/]dist[\\/]|[\\/]jupyter[\\/]kernel\.cjs:).*(\n|$)/gm, '');

/** Gathers the outputs of one cell. */
export class OutputCollector {
  /** The outputs so far, in order. */
  readonly outputs: Output[] = [];
  private clearNext = false;

  /** @param displays - shared by the cells of a kernel: an update may concern an earlier cell's display */
  constructor(private readonly displays: Displays) {}

  /** Takes a message in. Messages that are not outputs are passed over. */
  add({ type, content }: OutputMessage): void {
    if (type === 'update_display_data') {
      // The same display may be shown several times; all of them change.
      for (const output of this.displays.get(content.transient?.display_id ?? '') ?? []) {
        output.data = content.data ?? {};
        output.metadata = content.metadata ?? {};
      }
    } else if (type === 'clear_output') {
      if (content.wait) this.clearNext = true;
      else this.outputs.length = 0;
    } else {
      const output = toOutput(type, content);
      if (output) this.append(output, content.transient?.display_id);
    }
  }

  private append(output: Output, displayId: string | undefined): void {
    if (this.clearNext) this.outputs.length = 0;
    this.clearNext = false;
    const last = this.outputs.at(-1);
    if (output.output_type === 'stream' && last?.output_type === 'stream' && last.name === output.name) {
      last.text += output.text;
      return;
    }
    this.outputs.push(output);
    if (displayId !== undefined && 'data' in output)
      this.displays.set(displayId, [...(this.displays.get(displayId) ?? []), output]);
  }

  /** Everything the cell wrote to one stream, as it arrived. */
  text(name: 'stdout' | 'stderr'): string {
    return this.outputs
      .map((output) => (output.output_type === 'stream' && output.name === name ? output.text : ''))
      .join('');
  }
}

function toOutput(type: string, content: OutputMessage['content']): Output | undefined {
  const { name = 'stdout', text = '', data = {}, metadata = {} } = content;
  switch (type) {
    case 'stream':
      return { output_type: 'stream', name, text };
    case 'display_data':
      return { output_type: 'display_data', data, metadata };
    case 'execute_result':
      return { output_type: 'execute_result', data, metadata, execution_count: null };
    case 'error': {
      const { ename = 'Error', evalue = '', traceback = [] } = content;
      return { output_type: 'error', ename, evalue, traceback };
    }
    default:
      return undefined;
  }
}
