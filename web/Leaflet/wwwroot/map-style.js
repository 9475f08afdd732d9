import { sea, sourceOf, landLayers, styleLayersOf, labelLayerOf, focusLayers, selectionLayers } from './layer-style.js';
import { markLayers } from './overlays.js';

// The whole style of a map, lowest layers first: sea and land, the layers in their order, their labels, what is outside the focus, the selection, the mark.

export const nothing = { type: 'FeatureCollection', features: [] };

export function styleOf({ layers, visible, land, selectionUrl, tilesQueries, bounds, viewport, texts }) {
  const shown = new Set(visible);
  const drawn = [...layers].sort((a, b) => a.style.order - b.style.order);
  const sources = { focus: { type: 'geojson', data: nothing }, selection: { type: 'geojson', data: selectionUrl ?? nothing }, mark: { type: 'geojson', data: nothing } };
  for (const layer of [land, ...drawn])
    if (layer)
      sources[layer.id] = sourceOf(layer, tilesQueries?.[layer.id]);
  for (const layer of drawn.filter(layer => layer.labelsUrl))
    sources[`${layer.id}-labels`] = { type: 'geojson', data: layer.labelsUrl.includes('{box}') ? nothing : layer.labelsUrl };
  const place = { latitude: bounds ? (bounds.south + bounds.north) / 2 : viewport?.latitude ?? 35, language: texts.language };
  const withVisibility = (styleLayer, layer) => ({ ...styleLayer, layout: { ...styleLayer.layout, visibility: shown.has(layer.id) ? 'visible' : 'none' } });
  return {
    version: 8, sources,
    layers: [
      { id: 'sea', type: 'background', paint: { 'background-color': sea } },
      ...(land ? landLayers(land) : []),
      ...drawn.flatMap(layer => styleLayersOf(layer, place).map(one => withVisibility(one, layer))),
      // What is added last is placed first: the coarser unit keeps its name.
      ...drawn.toReversed().flatMap(layer => { const label = labelLayerOf(layer); return label ? [withVisibility(label, layer)] : []; }),
      ...focusLayers(),
      ...selectionLayers(),
      ...markLayers(),
    ],
  };
}
