import { isAggregate, cellLayers } from './cells.js';
import { dotRadii, hasIcons, iconLayer, labelOffset } from './icons.js';
import { sectorLayer } from './sectors.js';

// From a layer's definition to MapLibre style layers. Colours, radius and width come from the definition; the rest is the house style.

const font = ['Noto Sans CJK SC', 'sans-serif'];

const isPolygon = ['==', ['geometry-type'], 'Polygon'];
const isLine = ['==', ['geometry-type'], 'LineString'];
const isPoint = ['==', ['geometry-type'], 'Point'];
const isSingle = ['!', isAggregate];

// Round corners are many triangles; in lines as narrow as those of the whole city nobody sees them.
const join = ['step', ['zoom'], 'bevel', 13, 'round'], cap = ['step', ['zoom'], 'butt', 13, 'round'];

export const tilesOf = (layer, query) => [new URL(layer.tilesUrl, location.href).href.replaceAll('%7B', '{').replaceAll('%7D', '}') + (query ? `?${query}` : '')];

export function sourceOf(layer, query) {
  return { type: 'vector', tiles: tilesOf(layer, query), minzoom: layer.zooms.min, maxzoom: layer.zooms.max };
}

export function landLayers(layer, look) {
  return [
    { id: 'land', type: 'fill', source: layer.id, 'source-layer': layer.id, paint: { 'fill-color': look.land, 'fill-antialias': false } },
    { id: 'land-edge', type: 'line', source: layer.id, 'source-layer': layer.id, paint: { 'line-color': look.landEdge, 'line-width': 1 } },
  ];
}

// Style layers of one layer's shapes, lowest first; all but casings can be clicked.
export function styleLayersOf(layer, place, look) {
  const of = { source: layer.id, 'source-layer': layer.id };
  const kinds = { any: ['Polygon', 'Line', 'Point'], polygon: ['Polygon'], line: ['Line'], point: ['Point'], none: [] }[layer.geometry];
  const layers = kinds.flatMap(kind => ({ Polygon: polygons, Line: lines, Point: points })[kind](layer, of, look, place));
  if (layer.zooms.aggregate && kinds.length)
    layers.push(...cellLayers(layer, of, place, look));
  return layers;
}

// Majors are the two leading digits of the class.
function colorOf(style) {
  const byMajor = Object.entries(style.colorByMajor).flat();
  const byStatus = Object.entries(style.colorByStatus).flat();
  const major = ['slice', ['to-string', ['get', 'class_code']], 0, 2];
  const color = byMajor.length ? ['match', major, ...byMajor, style.color] : style.color;
  return byStatus.length ? ['match', ['to-string', ['get', 'status']], ...byStatus, color] : color;
}

function polygons({ id, style, zooms }, of) {
  const filter = ['all', isPolygon, isSingle];
  return [
    { id: `${id}-fill`, type: 'fill', ...of, filter, paint: { 'fill-color': colorOf(style), 'fill-opacity': style.outlineOnly ? 0 : 0.22 * style.opacity, 'fill-antialias': false } },
    { id: `${id}-outline`, type: 'line', ...of, filter, layout: { 'line-join': join }, paint: {
      'line-color': colorOf(style), 'line-opacity': ['interpolate', ['linear'], ['zoom'], zooms.min, style.opacity * 0.4, zooms.min + 3, style.opacity * 0.85],
      'line-width': ['interpolate', ['linear'], ['zoom'], 9, style.width * 0.5, 16, style.width] } },
  ];
}

function lines({ id, style, isBase }, of, look) {
  const filter = ['all', isLine, isSingle];
  const layout = { 'line-cap': cap, 'line-join': join };
  const width = (factor, extra) => ['interpolate', ['exponential', 1.6], ['zoom'], 9, 0.3 * factor + extra / 2, 13, factor * 1.2 + extra, 18, factor * 5 + extra];
  const casing = { id: `${id}-casing`, type: 'line', ...of, minzoom: 11, filter, layout, paint: { 'line-color': look.casing, 'line-width': width(style.width, 1.6) } };
  const line = { id: `${id}-line`, type: 'line', ...of, filter, layout, paint: {
    'line-color': isBase && look.road ? look.road : colorOf(style), 'line-opacity': style.opacity, 'line-width': isBase ? width(style.width, 0) : ['interpolate', ['linear'], ['zoom'], 11, style.width, 17, style.width * 2.5] } };
  return isBase ? [casing, line] : [line];
}

function points({ id, style }, of, look, { latitude }) {
  const radius = style.radius, filter = ['all', isPoint, isSingle];
  return [...(style.sector ? [sectorLayer(id, style.sector, of, colorOf(style), latitude)] : []), { id: `${id}-point`, type: 'circle', ...of, filter, paint: {
    'circle-color': colorOf(style), 'circle-opacity': style.opacity, 'circle-stroke-color': look.ring,
    'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, radius * 0.45, 13, radius * 0.65, 15, radius * 0.8, ...(hasIcons(style) ? dotRadii : [18, radius * 1.6])],
    'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 14.5, 0, 16.5, 1.2] } }, ...(hasIcons(style) ? [iconLayer(id, style, of, filter, colorOf(style), look)] : [])];
}

// Labels: one point per feature where there is a list of them, else from the tiles.
export function labelLayerOf(layer, look) {
  const { id, style, zooms, geometry } = layer;
  if (!style.label)
    return null;
  const field = layer.labelsUrl ? 'label' : style.label;
  const placement = geometry === 'line' ? { 'symbol-placement': 'line', 'symbol-spacing': 350 }
    : geometry === 'polygon' ? {} : { 'text-variable-anchor': ['left', 'right', 'top', 'bottom'], 'text-radial-offset': hasIcons(style) ? labelOffset : 0.8, 'text-justify': 'auto' };
  return {
    id: `${id}-label`, type: 'symbol', minzoom: zooms.labelsFrom, maxzoom: geometry === 'polygon' ? Math.min(24, zooms.labelsFrom + 5) : 24,
    ...(layer.labelsUrl ? { source: `${id}-labels` } : { source: id, 'source-layer': id, filter: isSingle }),
    layout: { 'text-field': ['to-string', ['get', field]], 'text-font': font, 'text-padding': hasIcons(style) ? 2 : 4, 'text-max-width': 12, ...placement,
      'text-size': geometry === 'polygon' ? Math.min(15, 11 + style.width * 1.6) : 12, 'text-letter-spacing': geometry === 'polygon' ? 0.06 : 0 },
    paint: { 'text-color': layer.isBase ? look.roadLabel : look.shade(style.color), 'text-halo-color': look.halo, 'text-halo-width': 1.6 },
  };
}

// Everything outside the area that is looked at, paler, and the area's edge.
export function focusLayers(look) {
  return [
    { id: 'focus-outside', type: 'fill', source: 'focus', paint: { 'fill-color': look.outside, 'fill-opacity': 0.62, 'fill-antialias': false } },
    { id: 'focus-edge', type: 'line', source: 'focus', layout: { 'line-join': 'round' }, paint: { 'line-color': look.accent, 'line-width': 2, 'line-opacity': 0.85 } },
  ];
}

export function selectionLayers({ accent, ring }) {
  const of = { source: 'selection' };
  return [
    { id: 'selection-fill', type: 'fill', ...of, filter: isPolygon, paint: { 'fill-color': accent, 'fill-opacity': 0.1 } },
    { id: 'selection-halo', type: 'line', ...of, filter: ['!', isPoint], layout: { 'line-join': 'round' }, paint: { 'line-color': ring, 'line-width': 6, 'line-opacity': 0.8 } },
    { id: 'selection-line', type: 'line', ...of, filter: ['!', isPoint], layout: { 'line-join': 'round' }, paint: { 'line-color': accent, 'line-width': 3 } },
    { id: 'selection-point', type: 'circle', ...of, filter: isPoint, paint: {
      'circle-radius': ['interpolate', ['linear'], ['zoom'], 10, 8, 18, 14], 'circle-color': accent, 'circle-opacity': 0.12, 'circle-stroke-color': accent, 'circle-stroke-width': 2.5 } },
  ];
}
