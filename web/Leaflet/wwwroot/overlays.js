import { currentLook } from './looks.js';

// GeoJSON over the layers. Each overlay has a source whose features carry their own id as the property "overlayId" (MapLibre keeps only numbers as ids), and one
// point for each line's end where lines are arrows.

const font = ['Noto Sans CJK SC', 'sans-serif'];
const nothing = { type: 'FeatureCollection', features: [] };
const is = type => ['==', ['geometry-type'], type];
const isThing = ['!', ['has', 'arrowDegrees']];
const tolerancePixels = 5;

export class Overlays {
  #drawn = new Map();
  #marked = null;

  // mark: what points at a single feature. missing: hears what did not come.
  constructor(gl, mark, missing) {
    Object.assign(this, { gl, mark, missing });
  }

  show(overlays) {
    const wanted = overlays ?? [];
    for (const id of [...this.#drawn.keys()].filter(id => !wanted.some(one => one.id === id)))
      this.#remove(id);
    for (const overlay of wanted) {
      const drawn = this.#drawn.get(overlay.id);
      if (JSON.stringify(drawn?.overlay) !== JSON.stringify(overlay))
        this.#add(overlay, drawn);
      layersOf(overlay).forEach(({ id }) => this.gl.moveLayer(id, topMost(this.gl)));
    }
    this.#mark();
  }

  // The map goes; answers that are still on their way find nothing to draw on.
  remove() {
    this.#drawn.clear();
    this.isRemoved = true;
  }

  // The page has become light or dark.
  restyle() {
    for (const { overlay } of this.#drawn.values())
      for (const { id, paint } of layersOf(overlay))
        Object.entries(paint).forEach(([name, value]) => this.gl.setPaintProperty(id, name, value));
  }

  // The topmost feature under the pointer, points and lines before areas; null where there is none.
  at(latlng) {
    const layers = [...this.#drawn.values()].flatMap(({ overlay }) => layersOf(overlay).map(({ id }) => id)).filter(id => this.gl.getLayer(id) && !/-(label|arrow)$/.test(id));
    if (!layers.length)
      return null;
    const { x, y } = this.gl.project([latlng.lng, latlng.lat]);
    const around = this.gl.queryRenderedFeatures([[x - tolerancePixels, y - tolerancePixels], [x + tolerancePixels, y + tolerancePixels]], { layers });
    const found = around.find(one => !one.geometry.type.endsWith('Polygon')) ?? this.gl.queryRenderedFeatures([x, y], { layers })[0];
    return found ? {
      overlayId: found.source.slice('overlay-'.length), featureId: String(found.properties.overlayId), label: found.properties[this.#labelOf(found.source)], isArea: found.geometry.type.endsWith('Polygon'),
    } : null;
  }

  async point(overlayId, featureId) {
    this.#marked = featureId === null || featureId === undefined ? null : { overlayId, featureId };
    await this.#drawn.get(overlayId)?.loaded;
    const feature = this.#mark();
    if (feature)
      this.mark.reveal(feature);
  }

  #labelOf(source) { return this.#drawn.get(source.slice('overlay-'.length))?.overlay.labelProperty; }

  #add(overlay, drawn) {
    const isSameData = drawn && drawn.overlay.dataUrl === overlay.dataUrl && drawn.overlay.version === overlay.version && drawn.overlay.arrows === overlay.arrows;
    const source = `overlay-${overlay.id}`;
    if (drawn)
      layersOf(drawn.overlay).forEach(({ id }) => this.gl.removeLayer(id));
    if (!this.gl.getSource(source))
      this.gl.addSource(source, { type: 'geojson', data: nothing });
    if (overlay.arrows && !this.gl.hasImage('arrow-head'))
      this.gl.addImage('arrow-head', arrowHead(), { sdf: true, pixelRatio: 2 });
    layersOf(overlay).forEach(layer => this.gl.addLayer({ ...layer, source }, topMost(this.gl)));
    const now = isSameData ? Object.assign(drawn, { overlay }) : { overlay, features: [] };
    this.#drawn.set(overlay.id, now);
    if (!isSameData)
      now.loaded = this.#load(now, source);
  }

  // What was drawn before stays until the new data is there; an answer that comes after a newer question is dropped.
  async #load(drawn, source) {
    const found = await featuresAt(drawn.overlay.dataUrl);
    if (!found) {
      if (this.#drawn.get(drawn.overlay.id) === drawn)
        this.missing.add(source, () => this.#drawn.get(drawn.overlay.id) === drawn && this.#load(drawn, source));
      return;
    }
    const features = found.filter(one => one.geometry).map((one, at) => ({ ...one, properties: { ...one.properties, overlayId: String(one.id ?? at) } }));
    if (this.#drawn.get(drawn.overlay.id) !== drawn)
      return;
    drawn.features = features;
    this.gl.getSource(source)?.setData({ type: 'FeatureCollection', features: drawn.overlay.arrows ? [...features, ...features.flatMap(headsOf)] : features });
    this.#mark();
  }

  #remove(id) {
    layersOf(this.#drawn.get(id).overlay).forEach(layer => this.gl.removeLayer(layer.id));
    this.gl.removeSource(`overlay-${id}`);
    this.#drawn.delete(id);
  }

  #mark() {
    if (this.isRemoved)
      return null;
    const feature = this.#marked && this.#drawn.get(this.#marked.overlayId)?.features.find(one => one.properties.overlayId === this.#marked.featureId);
    this.mark.show(feature);
    return feature;
  }
}

// Null where they do not come.
async function featuresAt(url) {
  try {
    const answer = await fetch(url, { cache: 'no-cache', headers: { accept: 'application/geo+json' } });
    if (answer.ok)
      return (await answer.json()).features ?? [];
    console.warn(`${url}: ${answer.status}`);
  } catch (fault) {
    console.warn(`${url}: ${fault.message}`);
  }
  return null;
}

// Below the marks of what is selected and pointed at.
const topMost = gl => gl.getLayer('mark-fill') ? 'mark-fill' : undefined;

function layersOf({ id, color, colorProperty, colors, labelProperty, arrows }) {
  const of = { source: `overlay-${id}` };
  const chosen = colorProperty && colors && Object.keys(colors).length ? ['match', ['to-string', ['get', colorProperty]], ...Object.entries(colors).flat(), color] : color;
  return [
    { id: `overlay-${id}-fill`, type: 'fill', ...of, filter: is('Polygon'), paint: { 'fill-color': chosen, 'fill-opacity': 0.18 } },
    { id: `overlay-${id}-line`, type: 'line', ...of, filter: ['!', is('Point')], layout: { 'line-join': 'round', 'line-cap': 'round' }, paint: { 'line-color': chosen, 'line-width': 2.5 } },
    { id: `overlay-${id}-point`, type: 'circle', ...of, filter: ['all', is('Point'), isThing], paint: {
      'circle-color': chosen, 'circle-stroke-color': currentLook().ring, 'circle-stroke-width': 1.5, 'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, 4, 18, 8] } },
    ...(arrows ? [{ id: `overlay-${id}-arrow`, type: 'symbol', ...of, filter: ['has', 'arrowDegrees'], layout: {
      'icon-image': 'arrow-head', 'icon-rotate': ['get', 'arrowDegrees'], 'icon-rotation-alignment': 'map', 'icon-allow-overlap': true, 'icon-ignore-placement': true }, paint: { 'icon-color': chosen } }] : []),
    ...(labelProperty ? [{ id: `overlay-${id}-label`, type: 'symbol', ...of, minzoom: 14, filter: ['all', isThing, ['has', labelProperty]], layout: {
      'text-field': ['to-string', ['get', labelProperty]], 'text-font': font, 'text-size': 12, 'text-max-width': 14, 'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-radial-offset': 0.9 },
      paint: { 'text-color': currentLook().text, 'text-halo-color': currentLook().halo, 'text-halo-width': 1.6 } }] : []),
  ];
}

// Where a line ends and in which direction, clockwise from north; Web Mercator keeps angles.
function headsOf({ geometry, properties }) {
  const lines = { LineString: [geometry.coordinates], MultiLineString: geometry.coordinates }[geometry.type] ?? [];
  return lines.filter(line => line.length > 1).map(line => {
    const [[x1, y1], [x2, y2]] = line.slice(-2);
    const shrunk = Math.cos((y1 + y2) / 2 * Math.PI / 180);
    return { type: 'Feature', geometry: { type: 'Point', coordinates: line.at(-1) }, properties: { ...properties, arrowDegrees: Math.atan2((x2 - x1) * shrunk, y2 - y1) * 180 / Math.PI } };
  });
}

// A white head that points north with its tip in the middle; its colour comes from the style.
function arrowHead() {
  const side = 40;
  const pen = new OffscreenCanvas(side, side).getContext('2d');
  pen.fillStyle = '#ffffff';
  pen.beginPath();
  pen.moveTo(side / 2, side / 2 - 2);
  pen.lineTo(side / 2 + 10, side - 2);
  pen.lineTo(side / 2 - 10, side - 2);
  pen.fill();
  return pen.getImageData(0, 0, side, side);
}

export function markLayers({ mark }) {
  const of = { source: 'mark' };
  return [
    { id: 'mark-fill', type: 'fill', ...of, filter: is('Polygon'), paint: { 'fill-color': mark, 'fill-opacity': 0.14 } },
    { id: 'mark-line', type: 'line', ...of, filter: ['!', is('Point')], layout: { 'line-join': 'round' }, paint: { 'line-color': mark, 'line-width': 4 } },
    { id: 'mark-point', type: 'circle', ...of, filter: is('Point'), paint: {
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, 9, 18, 15], 'circle-color': mark, 'circle-opacity': 0.1, 'circle-stroke-color': mark, 'circle-stroke-width': 3 } },
  ];
}
