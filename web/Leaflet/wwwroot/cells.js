// Cells where the features themselves do not fit: each is a circle at the mean place of its features, coloured by what most of them are. The area grows with the
// count against that of a full cell, so that a place looks alike at every zoom; the largest say their number on a plate where there is room. They come largest first,
// so that none hides a smaller one: a sort key would cost a call for each.

const cellsPerTile = 64, tilePixels = 512, earthKilometres = 40_075;
const font = ['Noto Sans CJK SC', 'sans-serif'], plate = 'count-plate';
const count = ['to-number', ['get', 'cell_count']];

export const isAggregate = ['==', ['get', 'aggregated'], true];

// Says of a style layer whether it draws the numbers of cells.
export const isPlate = layerId => layerId.endsWith('-cell-plate');

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
    { id: `${id}-cell-plate`, type: 'symbol', ...of, filter: ['all', isAggregate, ['>=', count, ['step', ['zoom'], full(zooms.min) / 2, ...perZoom(zoom => [zoom, full(zoom) / 2]).slice(2)]]],
      layout: { 'text-field': shortCount(count, language), 'text-font': font, 'text-size': 11, 'text-padding': 10, 'symbol-sort-key': ['-', count],
        'icon-image': plate, 'icon-text-fit': 'both', 'icon-padding': 4 },
      paint: { 'text-color': colorOf(layer, inkOn), 'icon-color': colorOf(layer), 'icon-halo-color': look.ring, 'icon-halo-width': 1 } },
  ];
}

// The image of a plate: a distance field (sectors.js) of a rounded rectangle whose middle stretches with the text.
export function addPlate(gl) {
  const side = 48, edge = 4, corner = 18, data = new Uint8ClampedArray(side * side * 4);
  const beyond = at => Math.max(0, Math.abs(at + 0.5 - side / 2) - (side / 2 - edge - corner));
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      data.set([255, 255, 255, 255 * (0.75 - (Math.hypot(beyond(x), beyond(y)) - corner) / 8)], 4 * (y * side + x));
  gl.addImage(plate, { width: side, height: side, data }, { sdf: true, pixelRatio: 2, stretchX: [[22, 26]], stretchY: [[22, 26]], content: [14, 11, 34, 37] });
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

// The colour of the major or status that most features of a cell have, or what is made of it.
function colorOf({ style, legend }, made = color => color) {
  if (!legend.length)
    return made(style.color);
  const counts = legend.map((_, at) => ['var', `count_${at}`]);
  return ['let', ...legend.flatMap(({ key }, at) => [`count_${at}`, ['to-number', ['get', `count_${key}`], 0]]),
    ['let', 'most', ['max', 1, ...counts],
      ['case', ...legend.flatMap(({ color }, at) => [['>=', counts[at], ['var', 'most']], made(color)]), made(style.color)]]];
}

// White where it can be read on a colour, else black: by the relative luminance of WCAG 2.2.
function inkOn(color) {
  const [red, green, blue] = [1, 3, 5].map(at => parseInt(color.slice(at, at + 2), 16) / 255).map(part => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.22 ? '#10181f' : '#ffffff';
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
