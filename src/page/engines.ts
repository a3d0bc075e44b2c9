// The engines of the page: the event engine on the processor, and a graphics card where the browser offers one.
import type { Engine } from '../engines/engine.js';
import { fetchKernels } from '../engines/event/browser/kernel-files.js';
import { createEventEngine } from '../engines/event/engine.js';
import { BUILDS } from '../engines/event/module.js';
import { describeAdapter } from '../engines/webgpu/adapter.js';
import { cardOf, createWebgpuEngine } from '../engines/webgpu/engine.js';
import type { EngineChoice, OfferedEngine } from './messages.js';

/** Engines that are opened when they are first taken. */
export class Engines {
  private readonly opened = new Map<EngineChoice, Promise<Engine>>();

  private constructor(readonly offered: readonly OfferedEngine[]) {}

  /** Opens the event engine, and asks the browser for a card. */
  static async open(): Promise<Engines> {
    await fetchKernels(BUILDS, new URL('.', import.meta.url));
    const event = await openEvent();
    const card = await cardName();
    const engines = new Engines([
      { name: 'event', description: event.description },
      ...(card === undefined ? [] : [{ name: 'webgpu' as const, description: `engine webgpu, ${card}` }]),
    ]);
    engines.opened.set('event', Promise.resolve(event));
    return engines;
  }

  take(name: EngineChoice): Promise<Engine> {
    const engine = this.opened.get(name) ?? (name === 'event' ? openEvent() : createWebgpuEngine());
    this.opened.set(name, engine);
    return engine;
  }

  /** Lets an engine go that has failed: a card may be lost. The next `take` opens it anew. */
  drop(name: EngineChoice): void {
    void this.opened.get(name)?.then(
      (engine) => engine.dispose(),
      () => undefined, // it has not been opened
    );
    this.opened.delete(name);
  }
}

/** Threads share memory, which only an isolated page may; one thread gives the same bits. */
const openEvent = (): Promise<Engine> => createEventEngine(crossOriginIsolated ? {} : { threads: 1 });

/** The graphics card in words; undefined where the browser has none to offer. */
async function cardName(): Promise<string | undefined> {
  const { gpu } = navigator as { gpu?: GPU };
  const adapter = await gpu?.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) return undefined;
  const description = describeAdapter(adapter);
  return `${cardOf(description)}${description.software ? ' (software, slow)' : ''}`;
}
