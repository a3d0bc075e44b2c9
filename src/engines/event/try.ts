// Checks whether the event engine works here, for `sgs doctor`. Tests: test/commands/cli.test.ts.
import { createEventEngine } from './engine.js';

/** The build that opens, or why none does. */
export async function tryEvent(): Promise<{ works: boolean; found: string }> {
  try {
    const engine = await createEventEngine();
    engine.dispose();
    return { works: true, found: engine.description.replace('engine event, ', '') };
  } catch (error) {
    return { works: false, found: (error as Error).message };
  }
}
