import { isPlate } from './cells.js';
import { sourceOf, landLayers, styleLayersOf, labelLayerOf, focusLayers, selectionLayers } from './layer-style.js';
import { currentLook, faded } from './looks.js';
import { markLayers } from './overlays.js';
import { isSector } from './sectors.js';

// The whole style of a map, lowest layers first: land, which the page's own ground surrounds as the sea, areas and lines, fields of view, points, each in their layers' order, the numbers of cells, labels, what is outside the focus, the selection, the mark.

export const nothing = { type: 'FeatureCollection', features: [] };

// Only of layers that are shown: reading the others would keep the first map waiting.
export function styleOf(options) {
  const shown = new Set(options.visible);
  const sources = { focus: { type: 'geojson', data: nothing }, selection: { type: 'geojson', data: options.selectionUrl ?? nothing }, mark: { type: 'geojson', data: nothing } };
  if (options.land)
    sources[options.land.id] = sourceOf(options.land, options.tilesQueries?.[options.land.id]);
  for (const layer of options.layers.filter(({ id }) => shown.has(id)))
    Object.assign(sources, sourcesOf(layer, options.tilesQueries));
  return { version: 8, sources, layers: styleLayers(options) };
}

// Shows the layers that the options name and hides the others; a layer that is shown for the first time joins the style.
export function showLayers(gl, options, tilesQueries) {
  const shown = new Set(options.visible);
  for (const layer of options.layers.filter(({ id }) => shown.has(id)))
    for (const [id, source] of Object.entries(sourcesOf(layer, tilesQueries)))
      if (!gl.getSource(id))
        gl.addSource(id, source);
  let above;
  for (const layer of styleLayers(options).toReversed()) {
    if (!gl.getLayer(layer.id))
      gl.addLayer(layer, above);
    above = layer.id;
  }
  const ids = new Set(options.layers.map(({ id }) => id));
  for (const { id, source } of gl.getStyle().layers) {
    const layerId = source?.replace(/-labels$/, '');
    if (ids.has(layerId) && !id.startsWith('land'))
      gl.setLayoutProperty(id, 'visibility', shown.has(layerId) ? 'visible' : 'none');
  }
  // What was hidden may have missed another theme or opacity.
  restyle(gl, options);
}

function sourcesOf(layer, tilesQueries) {
  return {
    [layer.id]: sourceOf(layer, tilesQueries?.[layer.id]),
    ...(layer.labelsUrl ? { [`${layer.id}-labels`]: { type: 'geojson', data: layer.labelsUrl.includes('{box}') ? nothing : layer.labelsUrl } } : {}),
  };
}

// The style layers as theme, layers that are shown and opacities ask for them now.
function styleLayers({ layers, visible, opacities, land, bounds, viewport, selectionUrl, texts }) {
  const shown = new Set(visible), look = currentLook();
  const drawn = layers.filter(({ id }) => shown.has(id)).sort((a, b) => a.style.order - b.style.order);
  const place = { latitude: bounds ? (bounds.south + bounds.north) / 2 : viewport?.latitude ?? 35, language: texts.language };
  const asAsked = (styleLayer, { id }) => faded(styleLayer, opacities?.[id] ?? 1);
  const things = drawn.flatMap(layer => styleLayersOf(layer, place, look).map(one => asAsked(one, layer)));
  return [
    ...(land ? landLayers(land, look) : []),
    ...things.toSorted((a, b) => heightOf(a) - heightOf(b)),
    // What is added last is placed first: the coarser unit keeps its name.
    ...drawn.toReversed().flatMap(layer => { const label = labelLayerOf(layer, look); return label ? [asAsked(label, layer)] : []; }),
    ...[...focusLayers(look), ...selectionLayers(look), ...markLayers(look)].map(layer => withVisibility(layer, layer.source === 'selection' && selectionUrl)),
  ];
}

const heightOf = ({ id, type }) => isPlate(id) ? 3 : isSector(id) ? 1 : type === 'fill' || type === 'line' ? 0 : 2;

const withVisibility = (styleLayer, isVisible) => ({ ...styleLayer, layout: { ...styleLayer.layout, visibility: isVisible ? 'visible' : 'none' } });

// Gives a source of shapes another address or GeoJSON, or null. One without shapes is not drawn: it would cost a mask for each tile of each frame.
export function draw(gl, source, data) {
  const layers = gl.getStyle().layers.filter(layer => layer.source === source);
  if (!data && layers.every(({ layout }) => layout?.visibility === 'none'))
    return;
  gl.getSource(source).setData(data ?? nothing);
  for (const { id } of layers)
    gl.setLayoutProperty(id, 'visibility', data ? 'visible' : 'none');
}

// Brings what is drawn to another theme or other opacities; nothing is loaded again.
export function restyle(gl, options) {
  for (const { id, paint, layout } of styleLayers(options).filter(({ id }) => gl.getLayer(id))) {
    for (const [name, value] of Object.entries(paint))
      if (JSON.stringify(gl.getPaintProperty(id, name)) !== JSON.stringify(value))
        gl.setPaintProperty(id, name, value);
    // The rings of signs are part of their images.
    const image = layout?.['icon-image'];
    if (image && JSON.stringify(gl.getLayoutProperty(id, 'icon-image')) !== JSON.stringify(image))
      gl.setLayoutProperty(id, 'icon-image', image);
  }
}
