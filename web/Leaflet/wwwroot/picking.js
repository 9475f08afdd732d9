// Finds the features of the layers at a place of the map.

import { isPlate } from './cells.js';

const tolerancePixels = 5;

const rank = ({ geometry }) => geometry.type.endsWith('Point') ? 2 : geometry.type.endsWith('LineString') ? 1 : 0;

// Points and lines are things; areas are everywhere.
export const isThing = feature => rank(feature) > 0;

export class Picking {
  // Layers by id; isVisible says of an id whether its layer is drawn.
  constructor(gl, layers, isVisible) {
    Object.assign(this, { gl, layers, isVisible });
  }

  // Every feature once, best first: the plate with the number of a cell, which hides others; points before lines before polygons; then what is drawn above; then the nearest.
  at({ lng, lat }) {
    const at = this.gl.project([lng, lat]), near = tolerancePixels;
    const hits = this.gl.getStyle().layers.filter(({ id, source }) => this.isVisible(source) && !this.layers.get(source)?.isBase && !/-(label|casing|sector|icon)$/.test(id)).map(({ id }) => id);
    const around = this.gl.queryRenderedFeatures([[at.x - near, at.y - near], [at.x + near, at.y + near]], { layers: hits.filter(id => !isPlate(id)) }).filter(isThing);
    const under = this.gl.queryRenderedFeatures(at, { layers: hits });
    const distance = ({ geometry }) => {
      const point = geometry.type === 'Point' ? this.gl.project(geometry.coordinates) : at;
      return Math.hypot(point.x - at.x, point.y - at.y);
    };
    const sorted = [...around, ...under].sort((a, b) => isPlate(b.layer.id) - isPlate(a.layer.id) || rank(b) - rank(a) || this.layers.get(b.source).style.order - this.layers.get(a.source).style.order || distance(a) - distance(b));
    const seen = new Set();
    return sorted.filter(({ source, id, properties }) => properties.aggregated || !seen.has(`${source}/${id}`) && seen.add(`${source}/${id}`));
  }
}
