// The page: joins its worker to sliders, curves, pictures and runs. The worker computes, this draws.
import type { ExperimentInput } from '../experiment/experiment.js';
import { type Curve, curvesSvg } from './curves.js';
import { readFragment } from './fragment.js';
import { showGallery, type ShownGallery } from './gallery.js';
import { showInside } from './inside-view.js';
import { isolate } from './isolation.js';
import type { Asked, Built, EngineChoice, OfferedEngine, Report } from './messages.js';
import { addRun } from './runs-view.js';
import { showSliders } from './sliders.js';

/** Curves of earlier runs that stay behind the one in progress. */
const KEPT = 4;

const $ = (id: string): HTMLElement => document.getElementById(id)!;

const ENGINES: Record<EngineChoice, string> = {
  event: 'on the processor',
  webgpu: 'on the graphics card',
};

/** A run's curve while it grows. */
interface Growing extends Curve {
  points: Curve['points'][number][];
  tested: Curve['tested'][number][];
}

class Page {
  private readonly worker = new Worker('trainer.js', { type: 'module' });
  private readonly digests: Record<string, string>;
  /** As the link or the build says; sliders move a copy. */
  private readonly given: object;
  private settings: Record<string, unknown> = {};
  private training: { run: number; engine: EngineChoice; settings: object } | undefined;
  private runs = 0;
  private curves: Growing[] = [];
  private gallery: ShownGallery | undefined;
  private inside: Extract<Report, { kind: 'inside' }> | undefined;

  constructor(built: Built) {
    let linked: ReturnType<typeof readFragment>;
    try {
      linked = readFragment(location.hash);
    } catch (error) {
      this.say((error as Error).message, true);
    }
    this.given = Object(linked?.settings) === linked?.settings ? (linked?.settings as object) : built.recipe;
    this.digests = { ...built.digests, ...linked?.digests };
    this.reset();
    this.worker.addEventListener('message', ({ data }: MessageEvent<Report>) => this.receive(data));
    this.worker.addEventListener('error', ({ message }) => this.say(message || 'the worker failed', true));
    $('train').addEventListener('click', () => (this.training ? this.ask({ kind: 'stop' }) : this.train()));
    $('engine').addEventListener('change', () => this.moved());
    $('reset').addEventListener('click', () => {
      this.reset();
      this.moved();
    });
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => this.drawInside());
    addEventListener('hashchange', () => location.reload());
    this.drawCurves();
    this.ask({ kind: 'open', origin: built.origin, settings: this.settings });
  }

  private get engine(): EngineChoice {
    return ($('engine') as HTMLSelectElement).value as EngineChoice;
  }

  private ask(message: Asked): void {
    this.worker.postMessage(message);
  }

  private say(text: string, wrong = false): void {
    $('state').textContent = text;
    $('state').className = wrong ? 'wrong' : '';
  }

  private reset(): void {
    this.settings = structuredClone(this.given) as Record<string, unknown>;
    showSliders($('sliders'), this.settings, () => this.moved());
  }

  /** A run has one setting of each: one in progress begins anew. */
  private moved(): void {
    if (this.training) this.train();
    else this.ask({ kind: 'set', engine: this.engine, settings: this.settings });
  }

  private train(): void {
    this.training = { run: ++this.runs, engine: this.engine, settings: structuredClone(this.settings) };
    this.curves = [
      ...this.curves.filter(({ points }) => points.length > 0),
      { points: [], tested: [] },
    ].slice(-1 - KEPT);
    $('train').textContent = 'Stop';
    this.say('drawing images …');
    this.drawCurves();
    this.ask({ kind: 'train', ...this.training });
  }

  private receive(report: Report): void {
    if ('run' in report && report.run !== this.training?.run) return; // another has been asked for since
    const current = this.curves.at(-1);
    switch (report.kind) {
      case 'ready':
        this.offer(report.engines);
        this.gallery = showGallery($('gallery'), report.gallery, (image) => this.look(image));
        ($('train') as HTMLButtonElement).disabled = false;
        if ($('state').className === '') this.say('ready');
        return;
      case 'point':
        current?.points.push(report.point);
        this.say(`epoch ${Math.min(Math.floor(report.point.epoch) + 1, report.epochs)} of ${report.epochs}`);
        return this.drawCurves();
      case 'tested':
        current?.tested.push(report);
        return this.drawCurves();
      case 'inside':
        this.inside = report;
        this.gallery?.answer(report.predictions);
        return this.drawInside();
      case 'ended':
        return this.ended(report);
      case 'failed':
        this.rest();
        return this.say(report.message, true);
    }
  }

  private ended(report: Extract<Report, { kind: 'ended' }>): void {
    const { training } = this;
    this.rest();
    if (report.status === 'done' && training) {
      addRun($('runs'), report, training, this.digests);
      this.say('trained');
    } else if (report.status === 'interrupted') this.say('stopped');
    else this.say(report.reason ?? report.status, true);
  }

  private rest(): void {
    this.training = undefined;
    $('train').textContent = 'Train';
  }

  /** Engines to choose from, where there are several. */
  private offer(engines: readonly OfferedEngine[]): void {
    $('engine').replaceChildren(...engines.map(({ name }) => new Option(ENGINES[name], name)));
    $('engine').hidden = engines.length === 1;
    $('engines').textContent = engines.map(({ description }) => description).join('; ');
  }

  private look(image: number): void {
    this.ask({ kind: 'look', image });
    if (!this.training) this.ask({ kind: 'set', engine: this.engine, settings: this.settings });
  }

  private drawCurves(): void {
    const { epochs = 1 } = (this.training?.settings ?? this.settings) as ExperimentInput;
    $('curves').innerHTML = curvesSvg(this.curves, epochs);
  }

  private drawInside(): void {
    if (this.inside) showInside($('inside'), this.inside.layers, this.inside.theta);
  }
}

$('unserved').remove();
if (await isolate()) new Page((await (await fetch('built.json')).json()) as Built);
