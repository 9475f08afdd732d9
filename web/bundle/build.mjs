// Bundles the map and chart libraries into wwwroot/dist, so that a page needs nothing from the internet.
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('.', import.meta.url));
const shared = { bundle: true, format: 'esm', minify: true, target: 'es2022', legalComments: 'linked', logLevel: 'warning' };

await build({
  ...shared,
  entryPoints: [`${folder}map.js`],
  outfile: `${folder}../wwwroot/dist/map.js`,
  loader: { '.png': 'dataurl' },
});
// The map component's own modules in one file: a browser would ask for each of some twenty.
await build({
  ...shared,
  entryPoints: [`${folder}../Leaflet/wwwroot/map-view.js`],
  outfile: `${folder}../wwwroot/dist/map-view.js`,
});
await build({
  ...shared,
  entryPoints: [`${folder}charts.js`],
  outfile: `${folder}../wwwroot/dist/charts.js`,
});
await build({
  ...shared,
  entryPoints: [`${folder}pdf.js`],
  outfile: `${folder}../wwwroot/dist/pdf.js`,
  // Wanted only for pages made of HTML or SVG, which ours are not.
  external: ['html2canvas', 'dompurify', 'canvg'],
});
await build({
  ...shared,
  entryPoints: [`${folder}player.js`],
  outfile: `${folder}../wwwroot/dist/player.js`,
});
await build({
  ...shared,
  entryPoints: ['maplibre-gl/dist/maplibre-gl-worker.mjs'],
  absWorkingDir: folder,
  outfile: `${folder}../wwwroot/dist/map-worker.js`,
});
