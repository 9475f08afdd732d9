// Cells where the features themselves do not fit: each is a circle at the mean place of its features, coloured by what most of them are. The area grows with the
// count against that of a full cell, so that a place looks alike at every zoom; the largest say their number where there is room. They come largest first, so that
// none hides a smaller one: a sort key would cost a call for each.

const cellsPerTile = 64, tilePixels = 512, earthKilometres = 40_075;
const font = ['Noto Sans CJK SC', 'sans-serif'];
const count = ['to-number', ['get', 'cell_count']];

export const isAggregate = ['==', ['get', 'aggregated'], true];

// Layers lowest first.
export function cellLayers(layer, of, { latitude, language }, look) {
  const { id, style, zooms } = layer;
  const full = zoom => fullCount(layer, latitude, zoom);
  const perZoom = make => Array.from({ length: zooms.max - zooms.min + 1 }, (_, i) => zooms.min + i).flatMap(zoom => make(zoom));
  // Cells are 8 pixels apart at a whole zoom and grow to 16 before the next zoom's tiles come.
  const pitch = tilePixels / cellsPerTile;
  const radius = ['interpolate', ['linear'], ['zoom'], ...perZoom(zoom => [zoom, radiusOf(pitch, full(zoom)), zoom + 0.99, radiusOf(2 * pitch, full(zoom))])];
  return [
    { id: `${id}-cell`, type: 'circle', ...of, filter: isAggregate, paint: {
      'circle-color': colorOf(layer), 'circle-opacity': 0.82, 'circle-radius': radius,
      'circle-stroke-color': look.ring, 'circle-stroke-width': 0.6, 'circle-stroke-opacity': 0.7 } },
    { id: `${id}-cell-label`, type: 'symbol', ...of, filter: ['all', isAggregate, ['>=', count, ['step', ['zoom'], full(zooms.min) / 2, ...perZoom(zoom => [zoom, full(zoom) / 2]).slice(2)]]],
      layout: { 'text-field': shortCount(count, language), 'text-font': font, 'text-size': 11, 'text-padding': 14, 'symbol-sort-key': ['-', count] },
      paint: { 'text-color': look.text, 'text-halo-color': look.halo, 'text-halo-width': 1.4 } },
  ];
}

// What a cell of the busiest streets holds. Fitted to the sample city of 200,000 records: it grows with the root of the city's density, as a sparser
// layer is sparser in fewer places, and more slowly than a cell's area, as things stand along lines.
function fullCount({ density }, latitude, zoom) {
  const sideKilometres = earthKilometres * Math.cos(latitude * Math.PI / 180) / 2 ** zoom / cellsPerTile;
  return Math.max(4, 500 * Math.sqrt(density ?? 100) * sideKilometres ** 1.5);
}

function radiusOf(pitch, full) {
  return ['*', 0.64 * pitch, ['max', 0.22, ['min', 1.15, ['^', ['/', count, full], 0.3]]]];
}

// The colour of the major or status that most features of a cell have.
function colorOf({ style, legend }) {
  const of = ({ key }) => ['to-number', ['get', `count_${key}`], 0];
  if (!legend.length)
    return style.color;
  const most = ['max', ...legend.map(of)];
  return ['case', ...legend.flatMap(entry => [['all', ['>', of(entry), 0], ['>=', of(entry), most]], entry.color]), style.color];
}

// 1.2k, 3.4M; 1.2万, 3.4亿.
function shortCount(value, language) {
  const [small, large] = language === 'zh' ? [[1e4, '万'], [1e8, '亿']] : [[1e3, 'k'], [1e6, 'M']];
  const in_ = ([unit, sign]) => ['concat', ['number-format', ['/', value, unit], { 'max-fraction-digits': 1, locale: 'en' }], sign];
  return ['case', ['>=', value, large[0]], in_(large), ['>=', value, small[0]], in_(small), ['to-string', value]];
}

// What a cell says under the pointer: its count, then the counts of its majors or states, largest first.
export function describeCell({ title, names }, properties, language) {
  const number = value => Number(value).toLocaleString(language);
  const parts = Object.entries(properties).filter(([name]) => name.startsWith('count_'))
    .map(([name, value]) => [names[name.slice(6)] ?? name.slice(6), value]).sort((a, b) => b[1] - a[1]);
  return [`${title} ${number(properties.cell_count)}`, ...parts.map(([name, value]) => `${name} ${number(value)}`)];
}
