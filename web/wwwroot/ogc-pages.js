// Maps of the API's pages: a style of our own tiles and, where the page has features, those on top. Table and map point at each other.
import { maplibregl } from './dist/map.js';

const accent = '#d1480a';
const drawnLayers = ['features-fill', 'features-line', 'features-point'];
const localFonts = '"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif';

// Questions stay short: fields that hold nothing are not sent.
document.querySelector('form.question')?.addEventListener('submit', ({ target }) => {
  for (const field of target.elements)
    if (field.name && !field.value)
      field.disabled = true;
});

for (const element of document.querySelectorAll('.map'))
  show(element);

async function show(element) {
  const { style, box, features } = element.dataset;
  const data = features ? JSON.parse(document.getElementById(features).textContent) : null;
  const bounds = data ? boundsOf(data) : box?.split(',').map(Number);
  const map = new maplibregl.Map({
    container: element, style: await styleAt(style), attributionControl: false, localIdeographFontFamily: localFonts,
    ...(bounds ? { bounds: [bounds.slice(0, 2), bounds.slice(2)], fitBoundsOptions: { padding: 36, maxZoom: 17 } } : { center: [118.1, 24.5], zoom: 9 }),
  });
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), 'top-left');
  map.on('idle', () => {
    element.dataset.drawnFeatures = map.getLayer('features-point') ? new Set(map.queryRenderedFeatures({ layers: drawnLayers }).map(feature => feature.id)).size : 0;
    element.dataset.drawn = 'true';
  });
  map.on('dataloading', () => { element.dataset.drawn = 'false'; });
  if (data)
    map.once('load', () => draw(map, data));
}

// A map of features alone is better than none where the base map is not to be had.
async function styleAt(url) {
  const response = await fetch(url);
  const style = response.ok ? await response.json() : { version: 8, sources: {}, layers: [] };
  style.layers.unshift({ id: 'ground', type: 'background', paint: { 'background-color': '#eef2f5' } });
  return style;
}

function draw(map, data) {
  map.addSource('features', { type: 'geojson', data });
  map.addLayer({ id: 'features-fill', type: 'fill', source: 'features', filter: ['==', ['geometry-type'], 'Polygon'], paint: { 'fill-color': accent, 'fill-opacity': 0.12 } });
  map.addLayer({ id: 'features-line', type: 'line', source: 'features', filter: ['!=', ['geometry-type'], 'Point'], paint: { 'line-color': accent, 'line-width': 2 } });
  map.addLayer({ id: 'features-point', type: 'circle', source: 'features', filter: ['==', ['geometry-type'], 'Point'], paint: {
    'circle-color': accent, 'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, 3, 16, 6], 'circle-stroke-color': '#ffffff', 'circle-stroke-width': 1 } });
  map.on('click', drawnLayers, ({ features: [feature] }) => seeRow(feature.id));
  map.on('mouseenter', drawnLayers, () => { map.getCanvas().style.cursor = 'pointer'; });
  map.on('mouseleave', drawnLayers, () => { map.getCanvas().style.cursor = ''; });
  const byId = new Map((data.features ?? [data]).map(feature => [String(feature.id), feature]));
  for (const row of document.querySelectorAll('tr[data-fid]'))
    row.addEventListener('click', () => {
      const bounds = boundsOf(byId.get(row.dataset.fid));
      if (bounds)
        map.fitBounds([bounds.slice(0, 2), bounds.slice(2)], { padding: 80, maxZoom: 17 });
    });
}

function seeRow(id) {
  document.querySelector('tr.seen')?.classList.remove('seen');
  const row = document.querySelector(`tr[data-fid="${id}"]`);
  row?.classList.add('seen');
  row?.scrollIntoView({ block: 'center' });
}

// West, south, east, north; null where nothing has a place.
function boundsOf(data) {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const take = node => {
    if (typeof node[0] === 'number') {
      [box[0], box[1]] = [Math.min(box[0], node[0]), Math.min(box[1], node[1])];
      [box[2], box[3]] = [Math.max(box[2], node[0]), Math.max(box[3], node[1])];
    } else {
      node.forEach(take);
    }
  };
  for (const { geometry } of data.features ?? [data])
    if (geometry)
      take(geometry.coordinates ?? geometry.geometries.map(one => one.coordinates));
  return Number.isFinite(box[0]) ? box : null;
}
