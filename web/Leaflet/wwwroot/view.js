import { BaseMap } from './base-map.js';
import { tilesOf } from './layer-style.js';
import { describeCell } from './cells.js';
import { Coordinates } from './coordinates.js';
import { Corners } from './corners.js';
import { Drawing } from './drawing.js';
import { Handle } from './handle.js';
import { HeatLayer } from './heat-layer.js';
import { Mark } from './marking.js';
import { Overlays } from './overlays.js';
import { link } from './linked-views.js';
import { isThing, Picking } from './picking.js';
import { makePicture, Printed } from './picture.js';
import { drawShape } from './shapes.js';
import { askElsewhere, Missing, TileEvents } from './tile-events.js';
import { draw, restyle, showLayers } from './map-style.js';
import { paddingOf } from './map-start.js';

// One map on a page: what the server asks of it, and what it tells the server and the page's other modules.

// A list of more things under one click would help nobody.
const mostListed = 20;

// What follows changes by way of the server counts, which a busy city need not do at each of them.
const changesMilliseconds = 2000;

const textOf = value => value === undefined ? null : String(value);

function around({ type, coordinates }) {
  const world = [[-180, -85], [180, -85], [180, 85], [-180, 85], [-180, -85]];
  const outlines = (type === 'Polygon' ? [coordinates] : coordinates).map(([outline]) => outline).filter(Boolean);
  return outlines.length ? { type: 'Polygon', coordinates: [world, ...outlines] } : null;
}

// The geometry of an area; null where it does not come.
async function areaAt(url) {
  try {
    const answer = await fetch(url);
    return answer.ok ? (await answer.json()).geometry : null;
  } catch (fault) {
    console.debug(fault);
    return null;
  }
}

export class View {
  // begun: a map that draws, in its own element (map-start.js); element: where it stands in the page.
  constructor({ L, map, gl, attribution, styled, loaded }, element, dotnet, options) {
    Object.assign(this, { L, map, gl, styled, loaded, element, dotnet, options, language: options.texts.language });
    this.tip = L.tooltip({ direction: 'top', offset: [0, -8], opacity: 1, className: 'map-tip' });
    this.layers = new Map(options.layers.map(layer => [layer.id, layer]));
    this.visible = new Set(options.visible);
    this.labelled = new Map();
    this.queries = options.tilesQueries ?? {};
    this.missing = new Missing(gl, element, options.texts);
    this.events = new TileEvents(gl, options.eventsUrl, layers => this.#tellChanges(layers));
    this.heatLayer = new HeatLayer(gl);
    this.picking = new Picking(gl, this.layers, id => this.visible.has(id));
    this.baseMap = new BaseMap(gl, attribution);
    this.marked = new Mark(L, map, gl);
    this.overlays = new Overlays(gl, this.marked, this.missing);
    this.shape = L.layerGroup().addTo(map);
    this.printed = new Printed(element, { L, map, gl }, () => [this.shape, this.drawing.group]);
    this.unlink = options.group ? link(map, options.group) : () => {};
    loaded.then(() => { this.isReady = true; });
    this.#addControls(options);
    this.#listen();
    this.#reportSoon();
    this.#labelBoxes();
    loaded.then(() => this.events.watch([...this.visible]));
    this.focus(options.focusUrl);
    this.heat(options.heat);
    this.base(options.baseMap);
  }

  async show(visible) {
    await this.loaded;
    this.visible = new Set(this.options.visible = visible);
    this.events.watch(visible);
    showLayers(this.gl, this.options, this.queries);
    this.#labelBoxes();
  }

  // Queries at the end of the tiles' addresses, by layer; a layer whose query stays is not loaded again.
  async ask(queries) {
    await this.loaded;
    const [before, now] = [this.queries, queries ?? {}];
    this.queries = now;
    for (const layer of this.layers.values())
      if (before[layer.id] !== now[layer.id])
        askElsewhere(this.gl, layer.id, tilesOf(layer, now[layer.id]));
  }

  // 0 to 1 by layer; a layer that is not named is as its definition says.
  async fade(opacities) {
    await this.loaded;
    this.options.opacities = opacities;
    restyle(this.gl, this.options);
  }

  // The world with the area as its hole is dimmed.
  async focus(url) {
    this.focused = url;
    await this.loaded;
    const area = url ? await areaAt(url) : null;
    if (this.focused !== url || url === undefined)
      return;
    if (url && !area)
      return this.missing.add('focus', () => this.focused === url && this.focus(url));
    draw(this.gl, 'focus', area && around(area) && { type: 'Feature', properties: {}, geometry: around(area) });
  }

  async base(baseMap) {
    await this.styled;
    this.isBaseSilent = false;
    this.baseMap.show(baseMap);
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
    await this.overlays.point(overlayId, featureId);
  }

  hold(place) { this.handle.hold(place); }

  reshape(corners) { this.corners.show(corners); }

  use(tool) { this.drawing.use(tool); }

  outline(shape) { drawShape(this.L, this.shape, shape ?? { places: [] }, { language: this.language }); }

  async select(url) {
    await this.loaded;
    draw(this.gl, 'selection', url);
  }

  // What became of it: "saved", "stopped", or "late" where something that is drawn does not come.
  async picture(picture) {
    this.picturing = new AbortController();
    try {
      await makePicture({ map: this.map, gl: this.gl, L: this.L, groups: [this.shape, this.drawing.group], bundleUrl: this.options.bundleUrl }, picture, this.picturing.signal);
      return 'saved';
    } catch (fault) {
      if (!/^(AbortError|TimeoutError)$/.test(fault.name))
        throw fault;
      return fault.name === 'TimeoutError' ? 'late' : 'stopped';
    }
  }

  stopPicture() { this.picturing?.abort(); }

  move({ zoom, latitude, longitude }) { this.map.setView([latitude, longitude], zoom); }

  fit({ west, south, east, north }) {
    this.map.fitBounds([[south, west], [north, east]], { ...paddingOf(this.options.rightPixels), maxZoom: 18 });
  }

  reveal(longitude, latitude, rightPixels) {
    this.map.panInside([latitude, longitude], { paddingTopLeft: [40, 40], paddingBottomRight: [rightPixels + 40, 40] });
  }

  remove() {
    this.unlink();
    clearTimeout(this.reporting);
    clearTimeout(this.telling);
    this.themes.disconnect();
    // An element that is taken out of the page changes its size once more.
    this.sizes.disconnect();
    this.events.remove();
    this.missing.remove();
    this.printed.remove();
    this.overlays.remove();
    this.focused = undefined;
    cancelAnimationFrame(this.hovering);
    // Leaflet ends a running zoom by a timer, and MapLibre's layer a zoom or a change of size a frame later: both would find the map gone.
    this.map._animatingZoom = false;
    requestAnimationFrame(() => this.map.remove());
  }

  #addControls({ texts, projected }) {
    const { L, map, dotnet } = this;
    const onDrawn = ({ tool, places, meters, squareMeters }) => dotnet.invokeMethodAsync('Drawn', tool, places, meters ?? null, squareMeters ?? null);
    this.drawing = new Drawing(L, map, { texts, onDrawn });
    this.handle = new Handle(L, map, { name: texts.tools?.handle ?? '', onMoved: (longitude, latitude) => dotnet.invokeMethodAsync('HandleMoved', longitude, latitude) });
    this.corners = new Corners(L, map, {
      texts: texts.tools,
      hint: this.drawing.hint,
      onChanged: ({ kind, run, at, place: [longitude, latitude] }) => dotnet.invokeMethodAsync('CornerChanged', kind, run, at, longitude, latitude),
      onUndo: () => dotnet.invokeMethodAsync('CornersUndone'),
    });
    if (texts.tools)
      this.coordinates = new Coordinates(map, texts.tools.coordinates, projected);
  }

  #listen() {
    const { map, gl, element } = this;
    element.dataset.drawn = 'false';
    // A map that has drawn already says so again.
    gl.triggerRepaint();
    gl.on('idle', () => { element.dataset.drawn = 'true'; });
    gl.on('dataloading', () => { element.dataset.drawn = 'false'; });
    gl.on('error', event => this.#fail(event));
    map.on('movestart', () => { element.dataset.drawn = 'false'; });
    map.on('moveend', () => { this.#reportSoon(); this.#labelBoxes(); });
    map.on('click', ({ latlng }) => this.#click(latlng));
    map.on('mousemove', ({ latlng }) => this.#hover(latlng));
    map.on('mouseout movestart', () => this.tip.remove());
    element.addEventListener('keydown', event => this.#key(event));
    element.addEventListener('map:mark', ({ detail }) => this.#mark(detail));
    this.sizes = new ResizeObserver(() => map.invalidateSize({ pan: false }));
    this.sizes.observe(element);
    this.themes = new MutationObserver(() => this.#changeTheme());
    this.themes.observe(document.documentElement, { attributeFilter: ['data-theme'] });
  }

  // A base map that does not answer is told once, not for each tile.
  #fail({ error, sourceId }) {
    if (error?.name === 'AbortError')
      return;
    if (sourceId !== 'base') {
      console.warn(error?.message ?? error);
      if (sourceId)
        this.missing.add(sourceId);
    } else if (!this.isBaseSilent)
      this.dotnet.invokeMethodAsync('BaseMapFailed');
    this.isBaseSilent ||= sourceId === 'base';
  }

  async #changeTheme() {
    await this.loaded;
    restyle(this.gl, this.options);
    this.overlays.restyle();
    this.baseMap.restyle();
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

  // The server hears where the map is; other modules of the page hear its box.
  #reportSoon() {
    clearTimeout(this.reporting);
    this.reporting = setTimeout(() => {
      const { lat, lng } = this.map.getCenter();
      this.dotnet.invokeMethodAsync('ViewportChanged', this.map.getZoom(), lat, lng);
      this.element.dataset.box = this.map.getBounds().toBBoxString();
      this.element.dispatchEvent(new CustomEvent('map:viewed', { bubbles: true }));
    }, 200);
  }

  // Lists and numbers beside the map follow what it draws: other modules of the page hear of it at once, the server now and then.
  #tellChanges(layers) {
    this.element.dispatchEvent(new CustomEvent('map:changed', { bubbles: true, detail: layers }));
    if (this.options.tellsChanges)
      this.telling ??= setTimeout(() => {
        this.telling = null;
        this.dotnet.invokeMethodAsync('TilesChanged');
      }, changesMilliseconds);
  }

  // What another module of the page points at: { feature, isRevealed } with a GeoJSON feature or null.
  async #mark({ feature, isRevealed }) {
    await this.loaded;
    this.marked.show(feature);
    if (feature && isRevealed)
      this.marked.reveal(feature);
  }

  // By keys the middle of the map is what is clicked.
  #key(event) {
    if (event.key !== 'Enter' || event.target !== this.map.getContainer() || event.defaultPrevented || this.drawing.isActive)
      return;
    event.preventDefault();
    this.#click(this.map.getCenter());
  }

  #click(latlng) {
    if (this.drawing.isActive || !this.isReady)
      return;
    const { lng, lat } = latlng;
    const { over, found, cell } = this.#under(latlng), [best] = found;
    if (over)
      this.dotnet.invokeMethodAsync('OverlayClicked', over.overlayId, over.featureId, lng, lat);
    else if (cell)
      this.dotnet.invokeMethodAsync('HeatCellClicked', String(cell.properties.id), lng, lat);
    else if (!best)
      this.dotnet.invokeMethodAsync('EmptyClicked');
    else if (best.properties.aggregated)
      this.map.setView(latlng, Math.min(this.map.getZoom() + 2, this.map.getMaxZoom()));
    else if (this.options.listsSeveral && found[1] && isThing(found[1]))
      this.#list(latlng, found);
    else
      this.dotnet.invokeMethodAsync('FeatureClicked', best.source, best.id, lng, lat, best.properties);
  }

  // Overlays lie above all else; only what stands within an area of theirs goes before the area.
  #under(latlng) {
    const over = this.overlays.at(latlng);
    const found = over && !over.isArea ? [] : this.picking.at(latlng);
    if (over && !(found.length && isThing(found[0])))
      return { over, found: [], cell: null };
    return { over: null, found, cell: this.#cellAt(latlng, found[0]) };
  }

  #list(latlng, found) {
    const { x, y } = this.map.latLngToContainerPoint(latlng);
    const things = found.filter(one => !one.properties.aggregated).slice(0, mostListed)
      .map(({ source, id, properties }) => ({ layerId: source, fid: id, name: String(properties[this.layers.get(source).nameField] ?? ''),
        classCode: textOf(properties.class_code), status: textOf(properties.status) }));
    this.dotnet.invokeMethodAsync('FeaturesClicked', things, latlng.lng, latlng.lat, Math.round(x), Math.round(y));
  }

  // Points and lines say what they are; for areas, which are everywhere, that would be noise.
  #hover(latlng) {
    cancelAnimationFrame(this.hovering);
    this.hovering = requestAnimationFrame(() => {
      if (this.drawing.isActive || !this.isReady)
        return this.tip.remove();
      const { over, found: [found], cell } = this.#under(latlng);
      const thing = found && isThing(found) ? found : null;
      this.map.getContainer().style.cursor = over || thing || cell ? 'pointer' : '';
      this.#tell(latlng, over ? [over.label].filter(Boolean).map(String) : thing ? this.#linesOf(thing) : cell ? [this.heatLayer.describe(cell, this.language)] : []);
      this.#point(over ? `${over.overlayId}/${over.featureId}` : thing && !thing.properties.aggregated ? `${thing.source}/${thing.id}` : '');
    });
  }

  #tell(latlng, lines) {
    const content = document.createElement('div');
    content.append(...lines.map(line => Object.assign(document.createElement('div'), { textContent: line })));
    this.tip.setContent(content);
    if (lines.length)
      this.tip.setLatLng(latlng).addTo(this.map);
    else
      this.tip.remove();
  }

  // Other modules of the page hear what is under the pointer, when it changes.
  #point(feature) {
    if ((this.element.dataset.pointed ?? '') === feature)
      return;
    this.element.dataset.pointed = feature;
    this.element.dispatchEvent(new CustomEvent('map:pointed', { bubbles: true }));
  }

  // Boundaries lie over a heat map's cells, and are not what is looked at.
  #cellAt(latlng, found) {
    return !found || found.geometry.type.endsWith('Polygon') ? this.heatLayer.at(latlng) : null;
  }

  #linesOf({ source, properties }) {
    const layer = this.layers.get(source);
    return properties.aggregated ? describeCell(layer, properties, this.language) : [properties[layer.style.label ?? layer.nameField]].filter(name => name).map(String);
  }
}
