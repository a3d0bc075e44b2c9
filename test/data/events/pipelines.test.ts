// The named pipelines against torchvision, byte for byte, and what distinguishes them.
import test from 'ava';
import { readAedat2 } from '../../../src/data/events/aedat.js';
import { emptyStream, type EventStream } from '../../../src/data/events/events.js';
import { framer, pipelineName, PIPELINES, type PipelineName } from '../../../src/data/events/pipelines.js';
import { SettingsError } from '../../../src/errors.js';
import { resizeFixture } from '../../fixtures/resize.js';
import { randomEvents } from '../../helpers/events.js';
import { dataFile, testWithData } from '../../helpers/needs.js';

const { pipelines, bytes } = resizeFixture();

/** The recording of the fixture; times are its own: one event a microsecond. */
function recording({ count, x, y, p }: (typeof pipelines)[number]): EventStream {
  const columns = { x: bytes(x, count), y: bytes(y, count), p: bytes(p, count) };
  return { ...emptyStream(128, 128, count), ...columns, t: Int32Array.from({ length: count }, (_, i) => i) };
}

for (const one of pipelines)
  test(`framer('${one.pipeline}') equals NumPy, torchvision and Pillow exactly, 10 frames of 48 × 48`, (t) => {
    const frames = framer(one.pipeline)(recording(one));
    t.is(frames.length, 10 * 48 * 48 * 2);
    t.is(Buffer.compare(frames, bytes(one.result, frames.length)), 0);
  });

test('the three variants of TET differ from each other', (t) => {
  const results = pipelines.map((one) =>
    Buffer.from(framer(one.pipeline)(recording(one))).toString('base64'),
  );
  t.is(new Set(results).size, 3);
});

test("'duration' equals 'tet-plain' where events are evenly spaced and the frames divide the span", (t) => {
  const stream = randomEvents(1, 1001, { longestGap: 0 });
  for (let i = 0; i < stream.count; i++) stream.t[i] = i;
  const [byTime, byCount] = (['duration', 'tet-plain'] as const).map((name) => framer(name, 10)(stream));
  t.is(Buffer.compare(byTime, byCount), 0);
});

test('framer: any number of frames, any side, any sensor, one after the other', (t) => {
  const [dvs128, atis] = [randomEvents(1, 500), randomEvents(2, 500, { width: 34, height: 30 })];
  for (const name of Object.keys(PIPELINES) as PipelineName[]) {
    const frames = framer(name, 4, 16);
    const first = frames(dvs128);
    t.is(first.length, 4 * 16 * 16 * 2);
    t.is(frames(atis).length, first.length);
    t.is(Buffer.compare(frames(dvs128), first), 0);
  }
});

test('framer at the size of the sensor: channel 0 is OFF, channel 1 ON', (t) => {
  const stream = { ...emptyStream(2, 2, 3), x: Uint8Array.of(1, 0, 0), p: Uint8Array.of(1, 0, 0) };
  t.deepEqual([...framer('tet-plain', 1, 2)(stream)], [255, 0, 0, 127, 0, 0, 0, 0]);
});

test('pipelineName and framer refuse what there is not', (t) => {
  t.throws(() => pipelineName('TET'), { instanceOf: SettingsError, message: /"TET"; use tet, tet-plain/ });
  t.throws(() => pipelineName('constructor'), { instanceOf: SettingsError, message: /no pipeline/ });
  t.throws(() => framer('tet', 0), {
    instanceOf: SettingsError,
    message: /frames must be a positive integer, got 0/,
  });
  t.throws(() => framer('tet', 10, 4.5), { instanceOf: SettingsError, message: /side must be .* got 4\.5/ });
});

const WALKS = ['alex_walking_again', 'neal_walking', 'Lapiseira'];

testWithData(...WALKS.map((name) => `events-samples/dvs128_${name}.aedat`))(
  'real recordings: what the transparency of `tet` costs the OFF channel',
  (t) => {
    for (const name of WALKS) {
      const stream = readAedat2(dataFile('events-samples', `dvs128_${name}.aedat`));
      const [tet, plain] = (['tet', 'tet-plain'] as const).map((pipeline) => framer(pipeline)(stream));
      let [lit, lost] = [0, 0];
      for (let i = 0; i < plain.length; i += 2) {
        if (plain[i] > 0) lit++;
        if (plain[i] > 0 && tet[i] === 0) lost++;
        if (tet[i + 1] !== plain[i + 1]) t.fail('the ON channel must not differ');
      }
      t.log(`${name}: ${((100 * lost) / lit).toFixed(1)} % of ${lit} OFF pixels are black under tet`);
      t.true(lost > 0);
    }
  },
);
