// Whether the event engine works on this machine, in words for `sgs doctor`. Tests: test/commands/cli.test.ts.
import { createEventEngine } from './engine.js';

/** What opens, or why nothing does. */
export async function tryEvent(): Promise<string> {
  try {
    const engine = await createEventEngine();
    engine.dispose();
    return `works: ${engine.description.replace('engine event, ', '')}`;
  } catch (error) {
    return (error as Error).message;
  }
}
