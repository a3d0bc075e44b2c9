// `npm run page`: a static page that trains a spiking network in the browser. Any server of files serves it, GitHub Pages among them; from
// a file it does not run, as browsers start no workers there.
import { RECIPE } from '../dist/page/recipe.js';
import { buildPage } from './page/build.mjs';

const folder = process.argv[2] ?? 'page';
await buildPage(folder, RECIPE);
console.log(`${folder}/index.html; any server of files shows it, such as \`npx http-server ${folder}\``);
