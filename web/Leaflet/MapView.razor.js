import { tilesOf } from './layer-style.js';
import { nothing, styleOf } from './map-style.js';
import { describeCell } from './cells.js';
import { Drawing } from './drawing.js';
import { Handle } from './handle.js';
import { HeatLayer } from './heat-layer.js';
import { Overlays } from './overlays.js';
import { drawShape } from './shapes.js';
import { TileEvents } from './tile-events.js';

const clickTolerancePixels = 5;

export async function create(element, dotnet, bundleUrl, options) {
  loadStyles(bundleUrl);
  const { L } = await import(new URL(bundleUrl, document.baseURI).href);
  const map = L.map(element, { zoomControl: false, attributionControl: false, minZoom: 3, maxZoom: 20, zoomSnap: 0.25, zoomDelta: 1, worldCopyJump: true });
  setFirstView(map, options);
  L.control.zoom({ position: 'topleft', zoomInTitle: options.texts.zoomIn, zoomOutTitle: options.texts.zoomOut }).addTo(map);
  L.control.attribution({ prefix: false, position: 'bottomright' }).addAttribution(options.texts.attribution).addTo(map);
  L.control.scale({ imperial: false, maxWidth: 120, position: 'bottomleft' }).addTo(map);
  const drawing = L.maplibreGL({ style: styleOf(options), attributionControl: false, locale: { 'Map.Title': options.texts.map }, localIdeographFontFamily: '"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif' });
  drawing.addTo(map);
  return new View(L, map, drawing.getMaplibreMap(), element, dotnet, options);
}

// Paints the frame before the bundle's style sheet is wanted.
function loadStyles(bundleUrl) {
  const href = bundleUrl.replace(/\.js$/, '.css');
  if (!document.querySelector(`link[href="${href}"]`))
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));
}

function setFirstView(map, { viewport, bounds, rightPixels }) {
  if (viewport)
    map.setView([viewport.latitude, viewport.longitude], viewport.zoom, { animate: false });
  else if (bounds)
    map.fitBounds([[bounds.south, bounds.west], [bounds.north, bounds.east]], { ...paddingOf(rightPixels), maxZoom: 18, animate: false });
  else
    map.setView([35, 105], 4, { animate: false });
}

// A panel at the right covers part of the map, as long as the map is wide enough for both.
function paddingOf(rightPixels) {
  return { paddingTopLeft: [24, 24], paddingBottomRight: [24 + (window.innerWidth > 900 ? rightPixels : 0), 24] };
}

function around({ type, coordinates }) {
  const world = [[-180, -85], [180, -85], [180, 85], [-180, 85], [-180, -85]];
  const outlines = (type === 'Polygon' ? [coordinates] : coordinates).map(([outline]) => outline).filter(Boolean);
  return outlines.length ? { type: 'Polygon', coordinates: [world, ...outlines] } : null;
}

class View {
  constructor(L, map, gl, element, dotnet, options) {
    Object.assign(this, { L, map, gl, element, dotnet, language: options.texts.language, rightPixels: options.rightPixels });
    this.tip = L.tooltip({ direction: 'top', offset: [0, -8], opacity: 1, className: 'map-tip' });
    this.layers = new Map(options.layers.map(layer => [layer.id, layer]));
    this.visible = new Set(options.visible);
    this.labelled = new Map();
    this.queries = options.tilesQueries ?? {};
    this.events = new TileEvents(gl, options.eventsUrl);
    this.heatLayer = new HeatLayer(gl);
    this.overlays = new Overlays(L, map, gl);
    this.drawing = new Drawing(L, map, { texts: options.texts, onDrawn: ({ tool, places, meters, squareMeters }) => dotnet.invokeMethodAsync('Drawn', tool, places, meters ?? null, squareMeters ?? null) });
    this.handle = new Handle(L, map, { name: options.texts.tools?.handle ?? '', onMoved: (longitude, latitude) => dotnet.invokeMethodAsync('HandleMoved', longitude, latitude) });
    this.shape = L.layerGroup().addTo(map);
    this.loaded = new Promise(done => gl.once('load', () => { this.isReady = true; done(); }));
    element.dataset.drawn = 'false';
    gl.on('idle', () => { element.dataset.drawn = 'true'; });
    gl.on('dataloading', () => { element.dataset.drawn = 'false'; });
    gl.on('error', ({ error }) => { if (error?.name !== 'AbortError') console.warn(error?.message ?? error); });
    map.on('movestart', () => { element.dataset.drawn = 'false'; });
    map.on('moveend', () => { this.#reportSoon(); this.#labelBoxes(); });
    map.on('click', event => this.#click(event));
    map.on('mousemove', event => this.#hover(event));
    map.on('mouseout movestart', () => this.tip.remove());
    new ResizeObserver(() => map.invalidateSize({ pan: false })).observe(element);
    this.#reportSoon();
    this.#labelBoxes();
    this.loaded.then(() => this.events.watch([...this.visible]));
    this.focus(options.focusUrl);
    this.heat(options.heat);
  }

  async show(visible) {
    await this.loaded;
    this.visible = new Set(visible);
    this.events.watch(visible);
    for (const { id, source } of this.gl.getStyle().layers) {
      const layerId = source?.replace(/-labels$/, '');
      if (this.layers.has(layerId) && !id.startsWith('land'))
        this.gl.setLayoutProperty(id, 'visibility', this.visible.has(layerId) ? 'visible' : 'none');
    }
    this.#labelBoxes();
  }

  // Queries at the end of the tiles' addresses, by layer; a layer whose query stays is not loaded again.
  async ask(queries) {
    await this.loaded;
    const [before, now] = [this.queries, queries ?? {}];
    this.queries = now;
    for (const layer of this.layers.values())
      if (before[layer.id] !== now[layer.id])
        this.gl.getSource(layer.id)?.setTiles(tilesOf(layer, now[layer.id]));
  }

  // The world with the area as its hole is dimmed.
  async focus(url) {
    this.focused = url;
    await this.loaded;
    const area = url ? (await (await fetch(url)).json()).geometry : null;
    if (this.focused === url)
      this.gl.getSource('focus').setData(area && around(area) ? { type: 'Feature', properties: {}, geometry: around(area) } : nothing);
  }

  async heat(heat) {
    await this.loaded;
    this.heatLayer.show(heat);
  }

  async overlay(overlays) {
    await this.loaded;
    this.overlays.show(overlays);
  }

  async markOverlay(overlayId, featureId) {
    await this.loaded;
    await this.overlays.mark(overlayId, featureId);
  }

  hold(place) { this.handle.hold(place); }

  use(tool) { this.drawing.use(tool); }

  outline(shape) {
    drawShape(this.L, this.shape, shape ?? { places: [] }, { language: this.language });
  }

  async select(url) {
    await this.loaded;
    this.gl.getSource('selection').setData(url ?? nothing);
  }

  move({ zoom, latitude, longitude }) {
    this.map.setView([latitude, longitude], zoom);
  }

  fit({ west, south, east, north }) {
    this.map.fitBounds([[south, west], [north, east]], { ...paddingOf(this.rightPixels), maxZoom: 18 });
  }

  reveal(longitude, latitude, rightPixels) {
    this.map.panInside([latitude, longitude], { paddingTopLeft: [40, 40], paddingBottomRight: [rightPixels + 40, 40] });
  }

  remove() {
    clearTimeout(this.reporting);
    this.events.remove();
    this.map.remove();
  }

  // Layers too large to be labelled whole ask for the labels about the view, in steps of half a view, so that a small move asks for nothing.
  async #labelBoxes() {
    await this.loaded;
    const view = this.map.getBounds(), zoom = this.map.getZoom();
    const step = 360 / 2 ** Math.round(zoom - 1);
    const box = [Math.floor(view.getWest() / step), Math.floor(view.getSouth() / step), Math.ceil(view.getEast() / step), Math.ceil(view.getNorth() / step)].map(edge => (edge * step).toFixed(6)).join(',');
    for (const { id, labelsUrl, zooms } of this.layers.values()) {
      if (!labelsUrl?.includes('{box}') || !this.visible.has(id) || zoom - 1 < zooms.labelsFrom || this.labelled.get(id) === box)
        continue;
      this.labelled.set(id, box);
      this.gl.getSource(`${id}-labels`).setData(new URL(labelsUrl.replace('{box}', box), location.href).href);
    }
  }

  #reportSoon() {
    clearTimeout(this.reporting);
    this.reporting = setTimeout(() => {
      const { lat, lng } = this.map.getCenter();
      this.dotnet.invokeMethodAsync('ViewportChanged', this.map.getZoom(), lat, lng);
    }, 200);
  }

  #click({ latlng }) {
    if (this.drawing.isActive)
      return;
    const over = this.isReady ? this.overlays.at(latlng) : null;
    if (over) {
      this.dotnet.invokeMethodAsync('OverlayClicked', over.overlayId, over.featureId, latlng.lng, latlng.lat);
      return;
    }
    const found = this.#featureAt(latlng);
    const cell = this.#cellAt(latlng, found);
    if (cell)
      this.dotnet.invokeMethodAsync('HeatCellClicked', String(cell.properties.id), latlng.lng, latlng.lat);
    else if (!found)
      this.dotnet.invokeMethodAsync('EmptyClicked');
    else if (found.properties.aggregated)
      this.map.setView(latlng, Math.min(this.map.getZoom() + 2, this.map.getMaxZoom()));
    else
      this.dotnet.invokeMethodAsync('FeatureClicked', found.source, found.id, latlng.lng, latlng.lat, found.properties);
  }

  // Points and lines say what they are; for areas, which are everywhere, that would be noise.
  #hover({ latlng }) {
    cancelAnimationFrame(this.hovering);
    this.hovering = requestAnimationFrame(() => {
      if (this.drawing.isActive)
        return this.tip.remove();
      const over = this.isReady ? this.overlays.at(latlng) : null;
      const found = over ? null : this.#featureAt(latlng);
      const cell = over ? null : this.#cellAt(latlng, found);
      const isThing = found !== null && !found.geometry.type.endsWith('Polygon');
      const lines = over ? [over.label].filter(Boolean).map(String) : isThing ? this.#linesOf(found) : cell ? [this.heatLayer.describe(cell, this.language)] : [];
      this.element.style.cursor = over || isThing || cell ? 'pointer' : '';
      const content = document.createElement('div');
      content.append(...lines.map(line => Object.assign(document.createElement('div'), { textContent: line })));
      this.tip.setContent(content);
      if (lines.length)
        this.tip.setLatLng(latlng).addTo(this.map);
      else
        this.tip.remove();
    });
  }

  // Boundaries lie over a heat map's cells, and are not what is looked at.
  #cellAt(latlng, found) {
    return this.isReady && (!found || found.geometry.type.endsWith('Polygon')) ? this.heatLayer.at(latlng) : null;
  }

  #linesOf({ source, properties }) {
    const layer = this.layers.get(source);
    return properties.aggregated ? describeCell(layer, properties, this.language) : [properties[layer.style.label]].filter(name => name).map(String);
  }

  // Points before lines before polygons; then what is drawn above; then the nearest.
  #featureAt(latlng) {
    if (!this.isReady)
      return null;
    const at = this.gl.project([latlng.lng, latlng.lat]);
    const near = clickTolerancePixels;
    const hits = this.gl.getStyle().layers.filter(({ id, source }) => this.visible.has(source) && !this.layers.get(source)?.isBase && !/-(label|casing)$/.test(id)).map(({ id }) => id);
    const rank = ({ geometry }) => geometry.type.endsWith('Point') ? 2 : geometry.type.endsWith('LineString') ? 1 : 0;
    const distance = ({ geometry }) => {
      const point = geometry.type === 'Point' ? this.gl.project(geometry.coordinates) : at;
      return Math.hypot(point.x - at.x, point.y - at.y);
    };
    const around = this.gl.queryRenderedFeatures([[at.x - near, at.y - near], [at.x + near, at.y + near]], { layers: hits }).filter(one => rank(one) > 0);
    const under = this.gl.queryRenderedFeatures(at, { layers: hits });
    return [...around, ...under].sort((a, b) => rank(b) - rank(a) || this.layers.get(b.source).style.order - this.layers.get(a.source).style.order || distance(a) - distance(b))[0] ?? null;
  }
}
