import { isPlate } from './cells.js';
import { sourceOf, landLayers, styleLayersOf, labelLayerOf, focusLayers, selectionLayers } from './layer-style.js';
import { currentLook, faded } from './looks.js';
import { markLayers } from './overlays.js';

// The whole style of a map, lowest layers first: sea and land, the layers in their order, the numbers of cells, labels, what is outside the focus, the selection, the mark.

export const nothing = { type: 'FeatureCollection', features: [] };

export function styleOf({ layers, land, selectionUrl, tilesQueries, ...options }) {
  const sources = { focus: { type: 'geojson', data: nothing }, selection: { type: 'geojson', data: selectionUrl ?? nothing }, mark: { type: 'geojson', data: nothing } };
  for (const layer of [land, ...layers])
    if (layer)
      sources[layer.id] = sourceOf(layer, tilesQueries?.[layer.id]);
  for (const layer of layers.filter(layer => layer.labelsUrl))
    sources[`${layer.id}-labels`] = { type: 'geojson', data: layer.labelsUrl.includes('{box}') ? nothing : layer.labelsUrl };
  return { version: 8, sources, layers: styleLayers({ layers, land, selectionUrl, ...options }) };
}

// The style layers as theme, visibility and opacities ask for them now.
export function styleLayers({ layers, visible, opacities, land, bounds, viewport, selectionUrl, texts }) {
  const shown = new Set(visible), look = currentLook();
  const drawn = [...layers].sort((a, b) => a.style.order - b.style.order);
  const place = { latitude: bounds ? (bounds.south + bounds.north) / 2 : viewport?.latitude ?? 35, language: texts.language };
  const asShown = (styleLayer, { id }) => faded(withVisibility(styleLayer, shown.has(id)), opacities?.[id] ?? 1);
  const things = drawn.flatMap(layer => styleLayersOf(layer, place, look).map(one => asShown(one, layer)));
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': look.sea } },
    ...(land ? landLayers(land, look) : []),
    ...things.filter(({ id }) => !isPlate(id)),
    ...things.filter(({ id }) => isPlate(id)),
    // What is added last is placed first: the coarser unit keeps its name.
    ...drawn.toReversed().flatMap(layer => { const label = labelLayerOf(layer, look); return label ? [asShown(label, layer)] : []; }),
    ...[...focusLayers(look), ...selectionLayers(look), ...markLayers(look)].map(layer => withVisibility(layer, layer.source === 'selection' && selectionUrl)),
  ];
}

const withVisibility = (styleLayer, isVisible) => ({ ...styleLayer, layout: { ...styleLayer.layout, visibility: isVisible ? 'visible' : 'none' } });

// Gives a source of shapes another address or GeoJSON, or null. One without shapes is not drawn: it would cost a mask for each tile of each frame.
export function draw(gl, source, data) {
  gl.getSource(source).setData(data ?? nothing);
  for (const { id } of gl.getStyle().layers.filter(layer => layer.source === source))
    gl.setLayoutProperty(id, 'visibility', data ? 'visible' : 'none');
}

// Brings what is drawn to another theme or other opacities; nothing is loaded again.
export function restyle(gl, options) {
  for (const { id, paint } of styleLayers(options))
    for (const [name, value] of Object.entries(paint))
      if (gl.getLayer(id) && JSON.stringify(gl.getPaintProperty(id, name)) !== JSON.stringify(value))
        gl.setPaintProperty(id, name, value);
}
