// Runs that have ended, the last one first: accuracy, digest against Node's, record and link. Tests: test/page/page.slow.ts.
import { settingAt } from '../experiment/settings-path.js';
import { compared, nodeCommand, type Verdict } from './comparison.js';
import { fragmentOf } from './fragment.js';
import type { EngineChoice, Report } from './messages.js';
import { SLIDERS, valueText } from './recipe.js';

const SENTENCES: Record<Verdict | 'card', string> = {
  equal: 'The weights are those of Node, bit for bit.',
  different: 'Node has other weights: please report it, with this record.',
  card: 'A graphics card has bits of its own; those of the processor are Node’s.',
  unknown: 'Node has not trained this for the page; below is how it does.',
};

/**
 * Adds a run that is done.
 *
 * @param training - the settings and the engine that it was trained with
 * @param digests - of runs that Node made, by id
 */
export function addRun(
  place: Element,
  { id, digest, accuracy, record }: Extract<Report, { kind: 'ended' }>,
  { settings, engine }: { settings: object; engine: EngineChoice },
  digests: Readonly<Record<string, string>>,
): void {
  const run = element('article', '');
  const verdict = element('p', '');
  const say = (known: Readonly<Record<string, string>>): void => {
    const judged = engine === 'webgpu' ? 'card' : compared({ id, digest: digest ?? '' }, known);
    verdict.className = `verdict ${judged}`;
    verdict.textContent = SENTENCES[judged];
  };
  say(digests);
  const values = SLIDERS.map(({ path, symbol }) => {
    const value = settingAt(settings, path);
    return `${symbol} ${typeof value === 'number' ? valueText(value) : 'as the link says'}`;
  });
  run.append(
    element('h3', `${((accuracy ?? 0) * 100).toFixed(1)} % of the test images`),
    element('p', values.join(', '), 'soft'),
    verdict,
    element('p', `SHA-256 of the weights: ${digest}`, 'digest'),
    links(id, record, settings),
  );
  if (engine === 'event')
    run.append(inNode(id, settings, (typed) => say({ ...digests, ...(typed && { [id]: typed }) })));
  place.prepend(run);
}

function links(id: string, record: string, settings: object): Element {
  const download = Object.assign(document.createElement('a'), {
    ...{ textContent: 'Download the record', download: `${id}.json` },
    href: URL.createObjectURL(new Blob([record], { type: 'application/json' })),
  });
  const link = Object.assign(document.createElement('a'), {
    ...{ textContent: 'Link to this run', href: `#${fragmentOf(settings)}` },
  });
  const row = element('p', '', 'links');
  row.append(download, link);
  return row;
}

function inNode(id: string, settings: object, onTyped: (digest: string) => void): Element {
  const details = document.createElement('details');
  const input = Object.assign(document.createElement('input'), {
    ...{ type: 'text', placeholder: 'weightsDigest of its record', spellcheck: false, autocomplete: 'off' },
  });
  input.addEventListener('input', () => onTyped(input.value.trim().toLowerCase()));
  const label = element('label', 'Digest that Node found ');
  label.append(input);
  details.append(element('summary', 'The same in Node'), element('pre', nodeCommand(settings, id)), label);
  return details;
}

function element(name: string, text: string, kind = ''): HTMLElement {
  const made = document.createElement(name);
  if (text !== '') made.textContent = text;
  if (kind !== '') made.className = kind;
  return made;
}
