// Where the pointer is (by keys and on touch screens, where the middle of the map is): longitude and latitude, and easting and northing in the city's projected
// system. All of it is computed here, so that moving the pointer costs the server nothing.

const radians = Math.PI / 180;

export class Coordinates {
  // system: { name, centralMeridian, falseEasting, semiMajor, inverseFlattening } of a Transverse Mercator of full scale from the equator (Gauss-Krüger), or null.
  constructor(map, label, system) {
    Object.assign(this, { map, system });
    this.element = Object.assign(document.createElement('p'), { className: 'map-coordinates', title: label });
    map.getContainer().append(this.element);
    map.on('mousemove', ({ latlng }) => this.#soon(latlng)).on('move', () => this.#soon(map.getCenter()));
    this.#soon(map.getCenter());
  }

  #soon(latlng) {
    cancelAnimationFrame(this.writing);
    this.writing = requestAnimationFrame(() => { this.element.textContent = this.#text(latlng.wrap()); });
  }

  #text({ lng, lat }) {
    const degrees = `${lng.toFixed(6)}, ${lat.toFixed(6)}`;
    if (!this.system)
      return degrees;
    const [easting, northing] = projected([lng, lat], this.system);
    return `${degrees} · ${this.system.name} ${easting.toFixed(1)}, ${northing.toFixed(1)}`;
  }
}

// Krüger's series to the fourth power of n (L. Krüger, Konforme Abbildung des Erdellipsoids in der Ebene, 1912), below a tenth of a millimetre within a zone.
export function projected([longitude, latitude], { centralMeridian, falseEasting, semiMajor, inverseFlattening }) {
  const f = 1 / inverseFlattening, n = f / (2 - f), e = Math.sqrt(f * (2 - f));
  const radius = semiMajor / (1 + n) * (1 + n ** 2 / 4 + n ** 4 / 64);
  const alpha = [n / 2 - 2 * n ** 2 / 3 + 5 * n ** 3 / 16 + 41 * n ** 4 / 180, 13 * n ** 2 / 48 - 3 * n ** 3 / 5 + 557 * n ** 4 / 1440, 61 * n ** 3 / 240 - 103 * n ** 4 / 140, 49561 * n ** 4 / 161280];
  const sin = Math.sin(latitude * radians), east = (longitude - centralMeridian) * radians;
  const t = Math.sinh(Math.atanh(sin) - e * Math.atanh(e * sin));
  const xi = Math.atan2(t, Math.cos(east)), eta = Math.atanh(Math.sin(east) / Math.hypot(1, t));
  const northing = radius * alpha.reduce((sum, a, at) => sum + a * Math.sin(2 * (at + 1) * xi) * Math.cosh(2 * (at + 1) * eta), xi);
  const easting = radius * alpha.reduce((sum, a, at) => sum + a * Math.cos(2 * (at + 1) * xi) * Math.sinh(2 * (at + 1) * eta), eta);
  return [easting + falseEasting, northing];
}
