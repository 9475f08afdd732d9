import { latLng } from './shapes.js';

// The corners of a line or polygon, as markers. A corner is dragged, or moved with the arrow keys (a pixel, with Shift ten); the small marks between two corners become
// corners when they are dragged or clicked, as does the Insert key; Delete, a double click or the right button takes a corner away; Ctrl+Z takes the last step back.
// Each step is told on its own: { kind, run, at, place }.

const reportMilliseconds = 400;
const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
// More markers than this would cover the shape and hold the browser up; a nearer view has fewer.
const mostShown = 250;
// Marks between corners that lie closer than this would lie on them.
const leastPixels = 34;

export class Corners {
  #runs = [];
  #paths = [];
  #isDragging = false;
  #isSaid = false;
  #nudged = null;

  // hint: where the map says what can be done.
  constructor(L, map, { texts, hint, onChanged, onUndo }) {
    Object.assign(this, { L, map, texts, hint, onChanged, onUndo });
    this.outlines = L.layerGroup().addTo(map);
    this.markers = L.layerGroup().addTo(map);
    map.on('moveend', () => this.#place());
    map.getContainer().addEventListener('keydown', event => this.#undo(event));
  }

  // Corners of the server's, or null for none.
  show(corners) {
    const focused = this.#focused();
    clearTimeout(this.reporting);
    this.#nudged = null;
    this.#runs = (corners?.runs ?? []).map(({ places, isRing }) => ({ places: places.map(([longitude, latitude]) => [longitude, latitude]), isRing }));
    this.#draw();
    this.#place(focused);
  }

  #draw() {
    this.outlines.clearLayers();
    this.#paths = this.#runs.map(({ places, isRing }) => {
      const make = style => this.L[isRing ? 'polygon' : 'polyline'](places.map(latLng), { interactive: false, fill: false, ...style }).addTo(this.outlines);
      return [make({ className: 'map-shape halo', weight: 6, opacity: 0.75 }), make({ className: 'map-shape', weight: 2.5 })];
    });
  }

  #redraw(run) {
    for (const path of this.#paths[run])
      path.setLatLngs(this.#runs[run].places.map(latLng));
  }

  // Markers for the corners in view; the one that had the focus has it again.
  #place(focused = this.#focused()) {
    // A marker at the edge moves the map while it is dragged.
    if (this.#isDragging)
      return;
    this.markers.clearLayers();
    this.#say('');
    if (!this.#runs.length)
      return;
    const view = this.map.getBounds().pad(0.05);
    const seen = this.#runs.flatMap(({ places }, run) => places.flatMap((place, at) => view.contains(latLng(place)) ? [[run, at]] : []));
    const isTooMany = seen.length > mostShown;
    if (isTooMany)
      this.#say(this.texts?.cornersTooMany ?? '');
    for (const [run, at] of isTooMany ? [] : seen) {
      this.#addCorner(run, at, focused?.run === run && focused.at === at);
      this.#addMiddle(run, at);
    }
  }

  // Only what was said here is taken back.
  #say(text) {
    if (!text && !this.#isSaid)
      return;
    this.#isSaid = text !== '';
    this.hint.hidden = !this.#isSaid;
    this.hint.textContent = text;
  }

  #focused() {
    return document.activeElement?.classList.contains('map-corner') ? document.activeElement.corner : null;
  }

  #marker(place, className, title, options) {
    const icon = this.L.divIcon({ className, iconSize: [24, 24] });
    const marker = this.L.marker(latLng(place), { icon, draggable: true, autoPan: true, title, alt: title, ...options }).addTo(this.markers);
    return marker.on('dragstart', () => {
      this.#report();
      this.#isDragging = true;
    }).on('dragend', () => { this.#isDragging = false; });
  }

  #addCorner(run, at, isFocused) {
    const marker = this.#marker(this.#runs[run].places[at], 'map-corner', this.texts?.corner ?? '', { zIndexOffset: 1000 });
    const element = Object.assign(marker.getElement(), { corner: { run, at } });
    element.setAttribute('aria-label', `${this.texts?.corner ?? ''} ${at + 1}`);
    marker.on('drag', () => this.#move(run, at, marker)).on('dragend', () => this.#tell('moved', run, at));
    marker.on('dblclick contextmenu', ({ originalEvent }) => {
      originalEvent.preventDefault();
      this.#remove(run, at);
    });
    element.addEventListener('keydown', event => this.#key(event, run, at, marker));
    if (isFocused)
      element.focus({ preventScroll: true });
  }

  // What is dragged out of an edge is a corner from the first pixel on.
  #addMiddle(run, at) {
    const middle = this.#middle(run, at);
    if (!middle)
      return;
    const marker = this.#marker(middle, 'map-corner-between', this.texts?.cornerAdd ?? '', { keyboard: false });
    marker.on('dragstart', () => {
      this.#runs[run].places.splice(at + 1, 0, middle);
      marker.getElement().classList.add('map-corner');
    });
    marker.on('drag', () => this.#move(run, at + 1, marker)).on('dragend', () => this.#added(run, at + 1));
    marker.on('click', () => this.#add(run, at));
  }

  // Half way to the next corner; null at the end of a line and where there is no room for a mark.
  #middle(run, at) {
    const { places, isRing } = this.#runs[run];
    const next = places[at + 1] ?? (isRing ? places[0] : null);
    if (!next)
      return null;
    const [from, to] = [places[at], next].map(place => this.map.latLngToContainerPoint(latLng(place)));
    return from.distanceTo(to) < leastPixels ? null : [0, 1].map(part => (places[at][part] + next[part]) / 2);
  }

  #add(run, at) {
    this.#report();
    const middle = this.#middle(run, at);
    if (!middle)
      return;
    this.#runs[run].places.splice(at + 1, 0, middle);
    this.#added(run, at + 1);
  }

  #added(run, at) {
    this.#redraw(run);
    this.#tell('added', run, at);
    this.#place({ run, at });
  }

  #remove(run, at) {
    this.#report();
    const { places, isRing } = this.#runs[run];
    if (places.length <= (isRing ? 3 : 2))
      return;
    const [place] = places.splice(at, 1);
    this.#redraw(run);
    this.#tell('removed', run, at, place);
    this.#place({ run, at: Math.min(at, places.length - 1) });
  }

  #move(run, at, marker) {
    const { lng, lat } = marker.getLatLng().wrap();
    this.#runs[run].places[at] = [Number(lng.toFixed(8)), Number(lat.toFixed(8))];
    this.#redraw(run);
  }

  #key(event, run, at, marker) {
    const step = steps[event.key];
    if (step)
      this.#nudge(run, at, marker, step.map(pixels => pixels * (event.shiftKey ? 10 : 1)));
    else if (event.key === 'Delete' || event.key === 'Backspace')
      this.#remove(run, at);
    else if (event.key === 'Insert' || event.key === '+')
      this.#add(run, at);
    else
      return;
    event.preventDefault();
    event.stopPropagation();
  }

  // Many presses of a key are one step.
  #nudge(run, at, marker, pixels) {
    const from = this.map.latLngToContainerPoint(marker.getLatLng());
    marker.setLatLng(this.map.containerPointToLatLng(from.add(pixels)));
    this.#move(run, at, marker);
    clearTimeout(this.reporting);
    if (this.#nudged && (this.#nudged.run !== run || this.#nudged.at !== at))
      this.#report();
    this.#nudged = { run, at };
    this.reporting = setTimeout(() => this.#report(), reportMilliseconds);
  }

  // What was moved by keys is told before anything else happens, as corners are told by their numbers.
  #report() {
    clearTimeout(this.reporting);
    const nudged = this.#nudged;
    this.#nudged = null;
    if (nudged)
      this.#tell('moved', nudged.run, nudged.at);
  }

  #undo(event) {
    if (!this.#runs.length || event.key?.toLowerCase() !== 'z' || !(event.ctrlKey || event.metaKey) || event.shiftKey)
      return;
    event.preventDefault();
    this.#report();
    this.onUndo();
  }

  #tell(kind, run, at, place = this.#runs[run].places[at]) {
    this.onChanged({ kind, run, at, place });
    if (kind === 'moved')
      this.#place();
  }
}
