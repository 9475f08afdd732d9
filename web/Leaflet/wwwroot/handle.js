// A marker that people drag, or move with the arrow keys: a pixel, with Shift ten.

const reportMilliseconds = 400;
const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Handle {
  constructor(L, map, { name, onMoved }) {
    Object.assign(this, { L, map, name, onMoved });
  }

  hold(place) {
    if (!place) {
      this.marker?.remove();
      this.marker = null;
      return;
    }
    const at = [place.latitude, place.longitude];
    if (this.marker)
      this.marker.setLatLng(at);
    else
      this.#add(at);
  }

  #add(at) {
    const icon = this.L.divIcon({ className: 'map-handle', iconSize: [30, 40], iconAnchor: [15, 38], html: '<svg viewBox="0 0 30 40" aria-hidden="true"><path d="M15 38C15 38 28 23 28 14a13 13 0 1 0-26 0c0 9 13 24 13 24Z"/><circle cx="15" cy="14" r="5"/></svg>' });
    this.marker = this.L.marker(at, { icon, draggable: true, autoPan: true, title: this.name, alt: this.name, zIndexOffset: 1000 }).addTo(this.map);
    this.marker.on('dragend', () => this.#report());
    const element = this.marker.getElement();
    element.setAttribute('aria-label', this.name);
    element.addEventListener('keydown', event => this.#key(event));
  }

  #key(event) {
    const step = steps[event.key];
    if (!step)
      return;
    event.preventDefault();
    event.stopPropagation();
    const pixels = event.shiftKey ? 10 : 1;
    const from = this.map.latLngToContainerPoint(this.marker.getLatLng());
    this.marker.setLatLng(this.map.containerPointToLatLng(from.add([step[0] * pixels, step[1] * pixels])));
    clearTimeout(this.reporting);
    this.reporting = setTimeout(() => this.#report(), reportMilliseconds);
  }

  #report() {
    if (!this.marker)
      return;
    const { lng, lat } = this.marker.getLatLng().wrap();
    this.onMoved(Number(lng.toFixed(8)), Number(lat.toFixed(8)));
  }
}
