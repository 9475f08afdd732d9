// What a point sees, as a sector of true size: an image for each opening in steps, turned and scaled by the feature's fields. The images are distance fields, so that
// they stay sharp however large they are drawn.

const side = 128, radius = 56, stepDegrees = 15, earthMeters = 40_075_016.7, tilePixels = 512;
const nearest = 20, farthest = 14;

export const isSector = id => id.endsWith('-sector');

// Drawn from the zoom where a sector of tens of metres is larger than its point.
export function sectorLayer(id, { direction, angle, range }, of, color, latitude) {
  const scale = zoom => tilePixels * 2 ** zoom / (earthMeters * Math.cos(latitude * Math.PI / 180)) / radius;
  const number = field => ['to-number', ['get', field], 0];
  const opening = ['max', stepDegrees, ['min', 360, ['*', stepDegrees, ['round', ['/', number(angle), stepDegrees]]]]];
  return {
    id: `${id}-sector`, type: 'symbol', ...of, minzoom: 15, filter: ['all', ['==', ['geometry-type'], 'Point'], ['>', number(range), 0], ['>', number(angle), 0], ['has', direction]],
    layout: {
      'icon-image': ['concat', 'sector-', ['to-string', opening]], 'icon-rotate': number(direction), 'icon-rotation-alignment': 'map', 'icon-pitch-alignment': 'map',
      'icon-allow-overlap': true, 'icon-ignore-placement': true,
      'icon-size': ['interpolate', ['exponential', 2], ['zoom'], farthest, ['*', number(range), scale(farthest)], nearest, ['*', number(range), scale(nearest)]],
    },
    paint: { 'icon-color': color, 'icon-opacity': 0.28 },
  };
}

// An image is made when the first tile wants it.
export function addSector(gl, id) {
  const [, degrees] = /^sector-(\d+)$/.exec(id) ?? [];
  if (degrees)
    gl.addImage(id, sectorImage(Number(degrees)), { sdf: true });
}

// MapLibre's distance fields have their edge at 3/4 of the alpha and fall by an eighth of it in a pixel.
function sectorImage(degrees) {
  const data = new Uint8ClampedArray(side * side * 4);
  for (let y = 0; y < side; y++)
    for (let x = 0; x < side; x++)
      data.set([255, 255, 255, 255 * (0.75 - outside(x + 0.5 - side / 2, y + 0.5 - side / 2, degrees * Math.PI / 360) / 8)], 4 * (y * side + x));
  return { width: side, height: side, data };
}

// Pixels from the edge of a sector about the upward axis, negative within it; half is half its opening.
function outside(x, y, half) {
  const length = Math.hypot(x, y), aside = Math.abs(Math.atan2(x, -y));
  if (half >= Math.PI)
    return length - radius;
  // Along its straight edge, as far as it reaches.
  const [along, across] = [length * Math.cos(aside - half), length * Math.sin(aside - half)];
  const toEdge = Math.hypot(across, along - Math.min(radius, Math.max(0, along)));
  return aside <= half ? Math.max(length - radius, -toEdge) : toEdge;
}
