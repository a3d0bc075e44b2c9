// The sliders of the page: each moves one setting of the experiment among its stops. Tests: test/page/page.slow.ts.
import { setSetting, settingAt } from '../experiment/settings-path.js';
import { type Slider, SLIDERS, stopsWith, valueText } from './recipe.js';

/**
 * Puts the sliders into a place of the page.
 *
 * @param settings - of an experiment; changed by the sliders
 * @param onMoved - called when one has been moved and let go
 */
export function showSliders(place: Element, settings: Record<string, unknown>, onMoved: () => void): void {
  place.replaceChildren(...SLIDERS.map((slider) => sliderOf(slider, settings, onMoved)));
}

function sliderOf(slider: Slider, settings: Record<string, unknown>, onMoved: () => void): Element {
  const { path, symbol, title } = slider;
  const value = settingAt(settings, path);
  const stops = stopsWith(slider, typeof value === 'number' ? value : slider.stops[0]);
  const input = Object.assign(document.createElement('input'), {
    ...{ type: 'range', id: path, min: '0', max: String(stops.length - 1) },
    disabled: typeof value !== 'number', // a rule in the place of a number, or another neuron
  });
  input.value = String(typeof value === 'number' ? stops.indexOf(value) : 0);
  const output = document.createElement('output');
  const label = document.createElement('label');
  label.htmlFor = path;
  const name = document.createElement('b');
  name.textContent = symbol;
  label.append(name, ` ${title}`);
  const say = (): void => {
    output.textContent = input.disabled ? 'as the link says' : valueText(stops[Number(input.value)]);
    input.setAttribute('aria-valuetext', output.textContent);
  };
  input.addEventListener('input', say);
  input.addEventListener('change', () => {
    setSetting(settings, path, stops[Number(input.value)]);
    onMoved();
  });
  say();
  const row = document.createElement('div');
  row.className = 'slider';
  row.append(label, output, input);
  return row;
}
