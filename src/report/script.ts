// The script of the report: the light and dark switch, and figures that come alive when they are scrolled to.

/**
 * The page's own script. Plotly lies in the page gzipped (`#plotly`) and is run once, when the first figure
 * comes near the window; without scripts the static pictures stay.
 */
export const REPORT_SCRIPT = `
(() => {
  'use strict';
  const root = document.documentElement;
  const media = matchMedia('(prefers-color-scheme: dark)');
  const templates = JSON.parse(document.getElementById('templates').textContent);
  let chosen = null;
  try { chosen = localStorage.getItem('sgs-report-theme'); } catch { /* storage is off: follow the system */ }
  const theme = () => (chosen === 'light' || chosen === 'dark' ? chosen : media.matches ? 'dark' : 'light');
  const live = [];

  const applyTheme = () => {
    root.dataset.theme = theme();
    for (const plot of live) window.Plotly.relayout(plot, { template: templates[theme()] });
  };
  applyTheme();
  media.addEventListener('change', applyTheme);
  const button = document.getElementById('theme');
  button.hidden = false;
  button.addEventListener('click', () => {
    chosen = theme() === 'dark' ? 'light' : 'dark';
    try { localStorage.setItem('sgs-report-theme', chosen); } catch { /* kept for this visit only */ }
    applyTheme();
  });

  // Gzipped, which makes the page a third smaller.
  const unpacked = (element) => {
    const bytes = Uint8Array.from(atob(element.textContent), (c) => c.charCodeAt(0));
    return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
  };
  const loadPlotly = async () => {
    if (window.Plotly) return;
    const script = document.createElement('script');
    // What comes out is what the policy's hash allows.
    script.textContent = await unpacked(document.getElementById('plotly'));
    document.head.append(script);
  };
  const activate = async (plot) => {
    const data = plot.querySelector('script');
    if (!data) return;
    const figure = JSON.parse(await unpacked(data));
    data.remove();
    await loadPlotly();
    const target = document.createElement('div');
    target.className = 'live';
    target.style.height = plot.dataset.height + 'px';
    plot.append(target);
    const layout = { ...figure.layout, template: templates[theme()], autosize: true };
    await window.Plotly.newPlot(target, figure.data, layout, {
      responsive: true,
      displaylogo: false,
      // Nothing leaves the page: no button that sends the figure to a server.
      plotlyServerURL: '',
      modeBarButtonsToRemove: ['sendChartToCloud', 'select2d', 'lasso2d'],
    });
    plot.classList.add('active');
    live.push(target);
  };
  // One figure at a time, so that the page stays responsive while many come into view.
  let turn = Promise.resolve();
  const near = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        near.unobserve(entry.target);
        turn = turn.then(() => activate(entry.target)).then(() => new Promise((next) => setTimeout(next)));
      }
    },
    { rootMargin: '200px' },
  );
  for (const plot of document.querySelectorAll('.plot')) near.observe(plot);
  // What a link leads to may lie in a fold.
  const unfold = () => {
    const target = document.getElementById(location.hash.slice(1));
    for (let fold = target?.closest('details'); fold; fold = fold.parentElement.closest('details')) fold.open = true;
    target?.scrollIntoView();
  };
  addEventListener('hashchange', unfold);
  if (location.hash) unfold();
  addEventListener('beforeprint', () => {
    // On paper a few ids say where a figure comes from; pages of them hide it.
    for (const details of document.querySelectorAll('details.claims, details.findings')) details.open = true;
    for (const details of document.querySelectorAll('details.provenance'))
      if (details.querySelectorAll('.id').length <= 24) details.open = true;
  });
})();
`;
