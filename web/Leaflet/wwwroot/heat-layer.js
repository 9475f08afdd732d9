// Cells of a heat map: polygons whose colour is fixed by the whole question's legend. They lie over the ground and below boundaries, labels and things.

export class HeatLayer {
  constructor(gl) {
    this.gl = gl;
  }

  // Another question is another source; what is drawn stays until the new tiles are there, as long as only the address differs.
  show(heat) {
    const before = this.heat;
    this.heat = heat;
    if (!heat)
      return this.#remove();
    const tiles = [new URL(heat.tilesUrl, location.href).href.replaceAll('%7B', '{').replaceAll('%7D', '}')];
    const source = this.gl.getSource('heat');
    if (source)
      source.setTiles(tiles);
    else
      this.#add(tiles);
    this.gl.setPaintProperty('heat-fill', 'fill-color', colorOf(heat, source && before?.property !== heat.property ? before : null));
    this.gl.once('idle', () => { if (this.heat === heat && this.gl.getLayer('heat-fill')) this.gl.setPaintProperty('heat-fill', 'fill-color', colorOf(heat)); });
  }

  at({ lng, lat }) {
    return this.heat && this.gl.getLayer('heat-fill') ? this.gl.queryRenderedFeatures(this.gl.project([lng, lat]), { layers: ['heat-fill'] })[0] ?? null : null;
  }

  describe({ properties: { value, count } }, language) {
    const number = value => value === undefined ? '–' : Number(value).toLocaleString(language, { maximumSignificantDigits: Math.abs(value) >= 1000 ? 12 : 4 });
    return this.heat.texts.replace('{value}', number(value)).replace('{count}', number(count));
  }

  #add(tiles) {
    this.gl.addSource('heat', { type: 'vector', tiles, minzoom: 0, maxzoom: 16 });
    const above = this.gl.getStyle().layers.find(({ id }) => id !== 'base' && !id.startsWith('land'))?.id;
    this.gl.addLayer({ id: 'heat-fill', type: 'fill', source: 'heat', 'source-layer': 'heat', paint: { 'fill-opacity': 0.78, 'fill-antialias': false } }, above);
  }

  #remove() {
    if (this.gl.getLayer('heat-fill'))
      this.gl.removeLayer('heat-fill');
    if (this.gl.getSource('heat'))
      this.gl.removeSource('heat');
  }
}

// What has no value, or is no spot, is left as it is. Until the tiles of a question of another kind are there, those of the one before keep their colours.
function colorOf({ property, least, colors }, before = null) {
  const now = ['match', ['to-number', ['get', property], -1000], ...colors.flatMap((color, at) => [least + at, color]), 'rgba(0,0,0,0)'];
  return before ? ['case', ['has', property], now, colorOf(before)] : now;
}
