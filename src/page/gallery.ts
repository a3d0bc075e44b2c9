// The images of the page: each a button, below it what the network takes it for. Tests: test/page/page.slow.ts.
import type { Gallery } from './messages.js';

/** Images in their place. */
export interface ShownGallery {
  /** Says what each is taken for. */
  answer(predictions: readonly number[]): void;
}

/** @param onChosen - called with the place of an image that was chosen */
export function showGallery(
  place: Element,
  gallery: Gallery,
  onChosen: (image: number) => void,
): ShownGallery {
  const { size, bytes, labels, classes } = gallery;
  const tiles = labels.map((label, i) => {
    const canvas = Object.assign(document.createElement('canvas'), { width: size, height: size });
    const pixels = size * size;
    const data = new ImageData(size, size);
    for (let p = 0; p < pixels; p++)
      data.data.set([...bytes.subarray((i * pixels + p) * 3, (i * pixels + p) * 3 + 3), 255], 4 * p);
    canvas.getContext('2d')!.putImageData(data, 0, 0);
    const answer = document.createElement('span');
    answer.textContent = '·';
    const button = document.createElement('button');
    button.type = 'button';
    button.setAttribute('aria-label', classes[label]);
    button.append(canvas, answer);
    button.addEventListener('click', () => choose(i));
    return { button, answer, label };
  });
  const press = (chosen: number): void =>
    tiles.forEach(({ button }, i) => button.setAttribute('aria-pressed', String(i === chosen)));
  const choose = (i: number): void => {
    press(i);
    onChosen(i);
  };
  press(0);
  place.replaceChildren(...tiles.map(({ button }) => button));
  return {
    answer(predictions) {
      tiles.forEach(({ button, answer, label }, i) => {
        const right = predictions[i] === label;
        answer.textContent = `${right ? '✓ ' : ''}${classes[predictions[i]]}`;
        button.className = right ? 'right' : 'wrong';
        button.setAttribute('aria-label', `${classes[label]}, taken for ${classes[predictions[i]]}`);
      });
    },
  };
}
