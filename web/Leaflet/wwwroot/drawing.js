import { inverse, metersAlong, squareMeters } from './geodesy.js';
import { crossesItself, drawShape } from './shapes.js';

// The drawing tools. Box and circle: press and drag, or two clicks. Polygon, distance and area: a click for each place, a double click (or a click on the first) to
// finish. By keys: the arrows move the map below a cross, space sets a place there, Enter finishes, Backspace takes the last one back, Escape gives up.

const samePixels = 4, closePixels = 9;
const isTwoPlaces = tool => tool === 'box' || tool === 'circle';

export class Drawing {
  #tool = 'none';
  #places = [];
  #pressed = null;

  constructor(L, map, { texts, onDrawn }) {
    Object.assign(this, { L, map, texts: texts.tools, language: texts.language, onDrawn });
    this.group = L.layerGroup().addTo(map);
    this.element = map.getContainer();
    this.hint = Object.assign(document.createElement('p'), { className: 'map-hint', hidden: true });
    this.hint.setAttribute('role', 'status');
    this.cross = Object.assign(document.createElement('i'), { className: 'map-cross', hidden: true });
    this.element.append(this.hint, this.cross);
    map.on('mousedown', event => this.#press(event)).on('mousemove', event => this.#lead(event.latlng)).on('mouseup', event => this.#release(event));
    map.on('click', ({ latlng }) => this.#clicked(latlng)).on('dblclick', () => this.#finish()).on('move', () => { if (!this.cross.hidden) this.#lead(map.getCenter()); });
    this.element.addEventListener('keydown', event => this.#key(event), { capture: true });
  }

  get isActive() { return this.#tool !== 'none'; }

  use(tool) {
    const { dragging, doubleClickZoom, boxZoom } = this.map;
    this.#tool = tool;
    this.#begin();
    this.group.clearLayers();
    dragging[isTwoPlaces(tool) ? 'disable' : 'enable']();
    for (const handler of [doubleClickZoom, boxZoom])
      handler[tool === 'none' ? 'enable' : 'disable']();
    this.element.classList.toggle('drawing', this.isActive);
    if (this.isActive)
      this.element.focus({ preventScroll: true });
    this.#say();
  }

  #begin() {
    [this.#places, this.#pressed, this.cross.hidden] = [[], null, true];
  }

  #say(text) {
    this.hint.hidden = !this.isActive;
    this.hint.textContent = !this.isActive ? '' : text ?? (this.#places.length && !isTwoPlaces(this.#tool) ? this.texts?.more : this.texts?.[this.#tool]) ?? '';
  }

  #press({ latlng, containerPoint, originalEvent }) {
    if (!isTwoPlaces(this.#tool) || originalEvent.button)
      return;
    this.cross.hidden = true;
    this.#pressed = containerPoint;
    if (!this.#places.length)
      this.#add(latlng);
  }

  #release({ latlng, containerPoint }) {
    if (!this.#pressed)
      return;
    const isDragged = containerPoint.distanceTo(this.#pressed) > samePixels;
    this.#pressed = null;
    if (isDragged || this.#isFar(latlng))
      this.#addAndFinish(latlng);
  }

  #clicked(latlng) {
    if (!this.isActive || isTwoPlaces(this.#tool))
      return;
    this.cross.hidden = true;
    if (this.#places.length > 2 && this.#tool !== 'distance' && this.#near(this.#places[0], latlng, closePixels))
      this.#finish();
    else
      this.#add(latlng);
  }

  #near(place, latlng, pixels) {
    return this.map.latLngToContainerPoint([place[1], place[0]]).distanceTo(this.map.latLngToContainerPoint(latlng)) <= pixels;
  }

  #isFar(latlng) {
    return this.#places.length && !this.#near(this.#places[0], latlng, samePixels);
  }

  #placeOf(latlng) {
    const { lat, lng } = latlng.wrap();
    return [Number(lng.toFixed(7)), Number(lat.toFixed(7))];
  }

  // A double click sets one place, not two.
  #add(latlng) {
    const last = this.#places.at(-1);
    if (!last || !this.#near(last, latlng, samePixels))
      this.#places.push(this.#placeOf(latlng));
    this.#lead(latlng);
    this.#say();
  }

  // The shape as it would be if the place of the pointer were set.
  #lead(latlng) {
    if (this.isActive && this.#places.length)
      drawShape(this.L, this.group, { tool: this.#tool, places: [...this.#places, this.#placeOf(latlng)] }, { language: this.language, isOpen: true });
  }

  #addAndFinish(latlng) {
    this.#places = [this.#places[0], this.#placeOf(latlng)];
    this.#finish();
  }

  #finish() {
    const [tool, places] = [this.#tool, this.#places];
    if (!this.isActive || places.length < (tool === 'polygon' || tool === 'area' ? 3 : 2))
      return;
    if ((tool === 'polygon' || tool === 'area') && crossesItself(places))
      return this.#say(this.texts?.crossed);
    const shape = finished(tool, places);
    this.#begin();
    drawShape(this.L, this.group, { ...shape, places: tool === 'circle' ? places.slice(0, 1) : shape.places }, { language: this.language });
    this.#say();
    this.onDrawn(shape);
  }

  #key(event) {
    const act = { ' ': () => this.#setByKey(), Enter: () => this.#enter(), Backspace: () => this.#takeBack(), Escape: () => this.#giveUp() }[event.key];
    if (!this.isActive || event.target !== this.element || !act)
      return;
    if (act() !== false) {
      event.preventDefault();
      event.stopPropagation();
    }
  }

  #setByKey() {
    const center = this.map.getCenter();
    if (isTwoPlaces(this.#tool) && this.#isFar(center))
      return this.#addAndFinish(center);
    this.#add(center);
    this.cross.hidden = false;
  }

  #enter() {
    if (isTwoPlaces(this.#tool) || !this.#places.length)
      this.#setByKey();
    else
      this.#finish();
  }

  #takeBack() {
    this.#places.pop();
    if (this.#places.length)
      this.#lead(this.map.getCenter());
    else
      this.group.clearLayers();
    this.#say();
  }

  // Escape with nothing begun is the page's: it puts the tool away.
  #giveUp() {
    const hadBegun = this.#places.length > 0;
    this.#begin();
    this.group.clearLayers();
    this.#say();
    return hadBegun;
  }
}

function finished(tool, places) {
  if (tool === 'box')
    return { tool, places: [Math.min, Math.max].map(pick => [0, 1].map(part => pick(places[0][part], places[1][part]))) };
  if (tool === 'circle')
    return { tool, places: places.slice(0, 1), meters: Number(inverse(...places).meters.toFixed(2)) };
  if (tool === 'distance')
    return { tool, places, meters: metersAlong(places) };
  return tool === 'area' ? { tool, places, meters: metersAlong([...places, places[0]]), squareMeters: squareMeters(places) } : { tool, places };
}
