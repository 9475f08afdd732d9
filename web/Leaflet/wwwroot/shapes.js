import { inverse, metersAlong, ringAround, squareMeters } from './geodesy.js';

// Draws what was or is being drawn with a tool: Leaflet shapes that let clicks through, and the figures beside them.

// Colours are the style sheet's (MapView.razor.css), so that they follow the theme.
const line = { className: 'map-shape', weight: 2.5, interactive: false };
const filled = { ...line, fillOpacity: 0.08 };

export const latLng = ([longitude, latitude]) => [latitude, longitude];

export function formatMeters(meters, language) {
  const number = (value, digits) => value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return meters < 1000 ? `${number(meters, 1)} m` : `${number(meters / 1000, 3)} km`;
}

export function formatSquareMeters(area, language) {
  const number = (value, digits) => value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return area < 100_000 ? `${number(area, 1)} m²` : area < 10_000_000 ? `${number(area / 10_000, 2)} ha` : `${number(area / 1_000_000, 3)} km²`;
}

// Corners of the outline, open at its end.
export function outlineOf({ tool, places, meters }) {
  if (tool === 'box')
    return [places[0], [places[1][0], places[0][1]], places[1], [places[0][0], places[1][1]]];
  return tool === 'circle' ? ringAround(places[0], meters ?? inverse(places[0], places[1]).meters) : places;
}

// A shape is open while the pointer leads its last place.
export function drawShape(L, group, shape, { language, isOpen = false }) {
  group.clearLayers();
  const { tool, places } = shape;
  if (!places.length)
    return;
  const isPath = tool === 'distance' || places.length < 2 && tool !== 'circle' || places.length < 3 && ['polygon', 'area'].includes(tool);
  const corners = (isPath ? places : outlineOf(shape)).map(latLng);
  const style = { ...(isPath ? line : filled), dashArray: isOpen ? '6 5' : null };
  group.addLayer(L[isPath ? 'polyline' : 'polygon'](corners, { ...style, className: 'map-shape halo', weight: 6, opacity: 0.75, fill: false, dashArray: null }));
  group.addLayer(L[isPath ? 'polyline' : 'polygon'](corners, style));
  const marked = tool === 'circle' ? places.slice(0, 1) : tool === 'box' ? [] : isOpen ? places.slice(0, -1) : places;
  for (const place of marked)
    group.addLayer(L.circleMarker(latLng(place), { className: 'map-shape corner', radius: 4, weight: 2, fillOpacity: 1, interactive: false }));
  for (const [place, text, isTotal] of figures(shape, language))
    group.addLayer(L.marker(latLng(place), { icon: L.divIcon({ className: isTotal ? 'map-figure total' : 'map-figure', html: text, iconSize: null, iconAnchor: [-10, 11] }), interactive: false, keyboard: false }));
}

function figures(shape, language) {
  const { tool, places } = shape;
  if (tool === 'distance')
    return places.slice(1).map((place, at) => [place, formatMeters(metersAlong(places.slice(0, at + 2)), language), at === places.length - 2]);
  if (tool === 'circle' && (places.length > 1 || shape.meters))
    return [[places[0], formatMeters(shape.meters ?? inverse(places[0], places[1]).meters, language), true]];
  if (tool === 'area' && places.length > 2)
    return [[middle(places), `${formatSquareMeters(squareMeters(places), language)}<br>${formatMeters(metersAlong([...places, places[0]]), language)}`, true]];
  return [];
}

const middle = places => [0, 1].map(part => (Math.min(...places.map(place => place[part])) + Math.max(...places.map(place => place[part]))) / 2);

// Do two edges of the ring cross each other?
export function crossesItself(places) {
  const edges = places.map((place, at) => [place, places[(at + 1) % places.length]]);
  const side = ([a, b], c) => Math.sign((b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]));
  const cross = (one, other) => side(one, other[0]) * side(one, other[1]) < 0 && side(other, one[0]) * side(other, one[1]) < 0;
  return edges.some((one, at) => edges.slice(at + 2).some(other => cross(one, other)));
}
