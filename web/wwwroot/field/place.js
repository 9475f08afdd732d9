import { text } from './texts.js';

// Where the person stands: by the phone, with how well that is known, or as he puts it on the small map.

// The library asks for tiles in a worker of its own, which the page's service worker (field-worker.js) does not see; asked for here, it keeps them for where there is no network.
const kept = async ({ url }, { signal }) => ({ data: await (await fetch(url.slice('kept://'.length), { signal })).arrayBuffer() });

const zoom = 18, coarseMeters = 50;

export class Place extends EventTarget {
  current = null;

  constructor(form) {
    super();
    this.said = form.querySelector('[data-place]');
    this.box = form.querySelector('[data-map]');
    this.button = form.querySelector('[data-correct]');
    this.button.addEventListener('click', () => this.#openMap());
    form.querySelector('[data-here]').addEventListener('click', () => this.byPhone());
  }

  // The phone's word, and its better ones that follow, until somebody puts the mark elsewhere.
  byPhone() {
    this.current = null;
    this.#say(text('Locating'));
    this.stop();
    if (!navigator.geolocation)
      return this.#say(text('NoLocation'));
    this.watch = navigator.geolocation.watchPosition(({ coords }) => this.#take({ longitude: coords.longitude, latitude: coords.latitude, accuracy: coords.accuracy }),
      fault => { if (!this.current) this.#say(text(fault.code === fault.PERMISSION_DENIED ? 'LocationDenied' : 'NoLocation')); }, { enableHighAccuracy: true, maximumAge: 5_000, timeout: 20_000 });
  }

  // As it was written down before.
  set(place) {
    this.stop();
    this.#take(place);
  }

  stop() {
    navigator.geolocation?.clearWatch(this.watch);
  }

  #take(place) {
    this.current = place;
    const at = `${place.longitude.toFixed(5)}, ${place.latitude.toFixed(5)}`;
    this.#say(place.isByHand ? text('ByHand', at) : text(place.accuracy > coarseMeters ? 'Coarse' : 'Known', at, Math.round(place.accuracy)));
    this.#draw();
  }

  #say(sentence) {
    this.said.textContent = sentence;
    this.said.dataset.accuracy = this.current ? (this.current.isByHand ? 'by-hand' : this.current.accuracy > coarseMeters ? 'coarse' : 'known') : 'none';
  }

  async #openMap() {
    const isOpen = this.button.getAttribute('aria-expanded') === 'true';
    this.button.setAttribute('aria-expanded', String(!isOpen));
    this.box.classList.toggle('open', !isOpen);
    if (isOpen || this.begun)
      return;
    const root = document.body.dataset.root, frame = this.box.querySelector('.first-map');
    const { bundleUrl, ...options } = JSON.parse(frame.dataset.first);
    const [{ start }, { Handle }] = await Promise.all(['map-start', 'handle'].map(name => import(`${root}/_content/CityOps.Gis.Leaflet/${name}.js`)));
    const { maplibregl } = await import(bundleUrl);
    maplibregl.addProtocol('kept', kept);
    options.layers = options.layers.map(layer => ({ ...layer, tilesUrl: `kept://${layer.tilesUrl}`, labelsUrl: null }));
    options.land = options.layers.find(layer => layer.id === options.land?.id);
    if (this.current)
      options.viewport = { zoom, latitude: this.current.latitude, longitude: this.current.longitude };
    this.begun = await start(frame, bundleUrl, options);
    this.begun.gl.on('idle', () => { frame.dataset.drawn = 'true'; });
    this.begun.gl.on('movestart', () => { frame.dataset.drawn = 'false'; });
    this.handle = new Handle(this.begun.L, this.begun.map, { name: text('Marker'), onMoved: (longitude, latitude) => this.#put(longitude, latitude) });
    this.begun.map.on('click', ({ latlng }) => this.#put(latlng.lng, latlng.lat));
    this.#draw();
  }

  #put(longitude, latitude) {
    this.stop();
    this.#take({ longitude, latitude, isByHand: true });
  }

  // The mark, and the circle within which the phone says it lies.
  #draw() {
    if (!this.begun || !this.current)
      return;
    const { L, map } = this.begun, { latitude, longitude, accuracy, isByHand } = this.current;
    this.handle.hold({ latitude, longitude });
    this.circle?.remove();
    this.circle = isByHand || !accuracy ? null : L.circle([latitude, longitude], { radius: accuracy, className: 'accuracy', interactive: false }).addTo(map);
    if (!map.getBounds().contains([latitude, longitude]))
      map.setView([latitude, longitude], Math.max(map.getZoom(), zoom), { animate: false });
  }
}
