// Pictures of a base map above the plain ground and below everything else. At night they are drawn darker.

export class BaseMap {
  constructor(gl, attribution) {
    Object.assign(this, { gl, attribution });
  }

  // { tilesUrl, minZoom, maxZoom, attribution } or null.
  show(base) {
    this.#remove();
    this.base = base;
    if (!base)
      return;
    const { tilesUrl, minZoom, maxZoom, attribution } = base;
    this.gl.addSource('base', { type: 'raster', tiles: [new URL(tilesUrl, location.href).href.replaceAll('%7B', '{').replaceAll('%7D', '}')], tileSize: 256, minzoom: minZoom, maxzoom: maxZoom });
    const above = this.gl.getStyle().layers.find(({ id }) => !id.startsWith('land'))?.id;
    this.gl.addLayer({ id: 'base', type: 'raster', source: 'base', paint: { 'raster-fade-duration': 150 } }, above);
    this.restyle();
    if (attribution)
      this.attribution.addAttribution(this.shown = attribution.replace(/[&<>]/g, sign => `&#${sign.charCodeAt(0)};`));
  }

  restyle() {
    const isDark = document.documentElement.dataset.theme === 'dark';
    if (this.gl.getLayer('base')) {
      this.gl.setPaintProperty('base', 'raster-brightness-max', isDark ? 0.6 : 1);
      this.gl.setPaintProperty('base', 'raster-saturation', isDark ? -0.4 : 0);
    }
  }

  #remove() {
    if (this.gl.getLayer('base'))
      this.gl.removeLayer('base');
    if (this.gl.getSource('base'))
      this.gl.removeSource('base');
    if (this.shown)
      this.attribution.removeAttribution(this.shown);
    this.shown = null;
  }
}
