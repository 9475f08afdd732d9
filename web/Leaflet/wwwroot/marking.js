import { draw } from './map-style.js';

// The one feature that a row, a list or an overlay points at: a ring in the colour of marks.

const nearestZoom = 17, farthestZoom = 14;

export class Mark {
  constructor(L, map, gl) {
    Object.assign(this, { L, map, gl });
  }

  // A GeoJSON feature, or null.
  show(feature) {
    draw(this.gl, 'mark', feature);
  }

  // Moves the map no further than needed; a point among thousands is looked at from near.
  reveal({ geometry }) {
    const bounds = this.L.geoJSON({ type: 'Feature', properties: {}, geometry }).getBounds();
    const isPoint = bounds.getNorthEast().equals(bounds.getSouthWest());
    if (!this.map.getBounds().pad(-0.05).contains(bounds) || isPoint && this.map.getZoom() < farthestZoom)
      this.map.fitBounds(bounds, { maxZoom: Math.max(nearestZoom, this.map.getZoom()), padding: [60, 60] });
  }
}
