import { setTimeout as sleep } from 'node:timers/promises';
import { runInNewContext } from 'node:vm';
import test from 'ava';
import { JSDOM } from 'jsdom';
import { DARK_TEMPLATE, type Layout, LIGHT_TEMPLATE, theme } from '../../src/figures/theme.js';
import { initPlotly, plot, showImages } from '../../src/display/plot.js';
import { inCell, printed } from '../helpers/cell.js';

const HOSTILE = '</script><img src=x onerror=alert(1)>';
const figure = {
  data: [{ type: 'scatter', name: HOSTILE, y: Float32Array.from([1, 3, 2]) }],
  layout: { title: { text: HOSTILE }, width: 320, height: 200 },
};

test.serial(
  'plot: one bundle with Plotly JSON, HTML, PNG and text; typed arrays become arrays',
  async (t) => {
    const [{ data, metadata, update }, ...others] = await inCell(() => plot(figure));
    t.is(others.length, 0);
    t.false(update);
    t.like(data['application/vnd.plotly.v1+json'], { data: [{ name: HOSTILE, y: [1, 3, 2] }] });
    t.is(Buffer.from(String(data['image/png']), 'base64').toString('latin1', 1, 4), 'PNG');
    t.is(data['text/plain'], `figure “${HOSTILE}”: ${HOSTILE}`);
    t.deepEqual(metadata, { 'sgs-snn': { role: 'figure' }, 'image/png': { width: 320 } });
  },
);

test.serial('plot: text from outside is inert in the HTML, and the script still draws it', async (t) => {
  const [{ data }] = await inCell(() => plot(figure));
  const html = String(data['text/html']);
  t.is(html.match(/<\/script>/g)?.length, 1);
  t.is(html.match(/<img/g)?.length, 1, 'only the picture');
  const drawn: unknown[] = [];
  const element = { setAttribute: () => undefined };
  runInNewContext(/<script>([^]*)<\/script>/.exec(html)![1], {
    window: {
      Plotly: { newPlot: (_: unknown, traces: unknown) => drawn.push(JSON.parse(JSON.stringify(traces))) },
    },
    document: { querySelectorAll: () => [element] },
    setTimeout: () => t.fail('Plotly is there'),
  });
  t.deepEqual(drawn, [[{ type: 'scatter', name: HOSTILE, y: [1, 3, 2] }]]);
});

test.serial('plot: a figure that is wider than its cell is scaled to it, height too', async (t) => {
  const [{ data }] = await inCell(() => plot(figure));
  const script = /<script>([^]*)<\/script>/.exec(String(data['text/html']))![1];
  const styleIn = (clientWidth: number): object => {
    const element = { setAttribute: () => undefined, clientWidth, offsetHeight: 200, style: {} };
    const document = { querySelectorAll: () => [element] };
    runInNewContext(script, { window: { Plotly: { newPlot: () => undefined } }, document });
    return { ...element.style };
  };
  t.deepEqual(styleIn(240), { transform: 'scale(0.75)', transformOrigin: '0 0', marginBottom: '-50px' });
  t.deepEqual(styleIn(320), {});
});

test.serial(
  'plot: a figure follows the theme of JupyterLab, at first and when it changes; one with a template of its own does not',
  async (t) => {
    const themed = { data: figure.data, layout: theme({ title: { text: 'a' } }) };
    const [{ data }] = await inCell(() => plot(themed, { picture: false }));
    const page = new JSDOM('<body data-jp-theme-light="false"></body>', { runScripts: 'outside-only' });
    const { window } = page;
    const drawn: string[] = [];
    const inkOf = ({ template }: { template: Layout }): string =>
      (template as { layout: { font: { color: string } } }).layout.font.color;
    Object.assign(window, {
      Plotly: {
        newPlot: (_: unknown, __: unknown, layout: { template: Layout }) => drawn.push(inkOf(layout)),
        relayout: (_: unknown, layout: { template: Layout }) => drawn.push(inkOf(layout)),
      },
    });
    const html = String(data['text/html']);
    window.document.body.innerHTML = html.replace(/<script>[^]*/, '');
    window.eval(/<script>([^]*)<\/script>/.exec(html)![1]);
    window.document.body.dataset.jpThemeLight = 'true';
    await new Promise((resolve) => setTimeout(resolve));
    const [dark, light] = [DARK_TEMPLATE, LIGHT_TEMPLATE].map((template) => inkOf({ template }));
    t.deepEqual(drawn, [dark, light]);
    const [own] = await inCell(() => plot(figure, { picture: false }));
    t.false(String(own.data['text/html']).includes('jpThemeLight'));
  },
);

test.serial('plot: the same figure gives the same bytes; `picture: false` leaves the PNG out', async (t) => {
  const options = { picture: false, width: 200, height: 100 };
  const [first] = await inCell(() => plot(figure, options));
  const [second] = await inCell(() => plot(figure, options));
  t.deepEqual(second, first);
  t.false('image/png' in first.data);
  t.like(first.data['application/vnd.plotly.v1+json'], { layout: { width: 200, height: 100 } });
});

test.serial('plot: a trace that no picture can show is still sent, without a PNG', async (t) => {
  const surface = { data: [{ type: 'surface', z: [[1, 2]] }], layout: {} };
  const [{ data }] = await inCell(() => plot(surface));
  t.false('image/png' in data);
  t.is(data['text/plain'], 'figure: surface');
});

test.serial(
  'plot: `still` is the picture of a figure that needs WebGL; the figure itself is sent live',
  async (t) => {
    const cloud = { data: [{ type: 'scatter3d', x: [1], y: [1], z: [1] }], layout: {} };
    const [{ data, metadata }] = await inCell(() => plot(cloud, { still: figure }));
    t.like(data['application/vnd.plotly.v1+json'], { data: [{ type: 'scatter3d' }] });
    t.true(String(data['text/html']).includes(String(data['image/png'])));
    t.like(metadata, { 'image/png': { width: 320 } });
  },
);

test.serial('showImages: a picture only, in its own pixels', async (t) => {
  const pixels = new Uint8Array(3);
  const [{ data, metadata }] = await inCell(() => showImages([{ width: 1, height: 1, channels: 3, pixels }]));
  t.deepEqual(Object.keys(data).sort(), ['image/png', 'text/plain']);
  const { width } = metadata['image/png'] as { width: number };
  t.is(Buffer.from(String(data['image/png']), 'base64').readUInt32BE(16), width);
});

test.serial('plot: a figure with sliders brings plotly.js along once, other figures do not', async (t) => {
  const layout = { ...figure.layout, sliders: [{ steps: [{ label: '1', method: 'skip', args: [] }] }] };
  const roles = (
    await inCell(async () => {
      await plot(figure);
      await plot({ ...figure, layout });
      await plot({ ...figure, layout });
    })
  ).map(({ metadata }) => (metadata['sgs-snn'] as { role: string }).role);
  t.deepEqual(roles, ['figure', 'plotly.js', 'figure', 'figure']);
});

test.serial('initPlotly: sends the library once, again when asked, never outside a notebook', async (t) => {
  t.is(await printed(() => initPlotly()), '');
  const sent = await inCell(async () => {
    await initPlotly({ again: true });
    await initPlotly();
    await initPlotly({ again: true });
  });
  t.is(sent.length, 2);
  t.not(sent[0].id, sent[1].id);
  t.deepEqual(sent[0].metadata, { 'sgs-snn': { role: 'plotly.js' } });
  const html = String(sent[0].data['text/html']);
  t.true(html.length > 1e6);
  t.is(html.match(/<\/script>/g)?.length, 1);
});

test.serial(
  'initPlotly: the output is emptied once the page has had the script, so that it is not saved',
  async (t) => {
    const sent = await inCell(() => initPlotly({ again: true }));
    t.is(sent.length, 1); // not at once: a page may still have to run it
    while (sent.length < 2) await sleep(50);
    t.deepEqual(sent[1], {
      data: { 'text/html': '', 'text/plain': 'plotly.js' },
      metadata: { 'sgs-snn': { role: 'plotly.js' } },
      id: sent[0].id,
      update: true,
    });
  },
);

test.serial('plot and showImages outside a notebook print what they would show', async (t) => {
  t.is(await printed(() => plot({ data: [], layout: {} })), 'figure: no traces');
  const pixels = new Uint8Array(3);
  const pictures = [{ width: 1, height: 1, channels: 3 as const, pixels, caption: 'c' }];
  t.is(await printed(() => showImages(pictures, { title: 'two' })), 'figure “two”: scatter');
});
