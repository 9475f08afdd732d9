import { styleOf } from './map-style.js';
import { paddingOf, View } from './view.js';

export async function create(element, dotnet, bundleUrl, options) {
  loadStyles(bundleUrl);
  const { L } = await import(new URL(bundleUrl, document.baseURI).href);
  // Who asked the system for less motion gets the next view at once.
  const moves = !matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = L.map(element, {
    zoomControl: false, attributionControl: false, minZoom: 3, maxZoom: 20, zoomSnap: 0.25, zoomDelta: 1, worldCopyJump: true,
    zoomAnimation: moves, fadeAnimation: moves, inertia: moves,
  });
  setFirstView(map, options);
  L.control.zoom({ position: 'topleft', zoomInTitle: options.texts.zoomIn, zoomOutTitle: options.texts.zoomOut }).addTo(map);
  const attribution = L.control.attribution({ prefix: false, position: 'bottomright' }).addAttribution(options.texts.attribution).addTo(map);
  L.control.scale({ imperial: false, maxWidth: 120, position: 'bottomleft' }).addTo(map);
  const drawing = L.maplibreGL({ style: styleOf(options), attributionControl: false, fadeDuration: moves ? 100 : 0, locale: { 'Map.Title': options.texts.map }, localIdeographFontFamily: '"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif' });
  drawing.addTo(map);
  return new View(L, map, drawing.getMaplibreMap(), element, dotnet, { ...options, attribution, bundleUrl });
}

// Paints the frame before the bundle's style sheet is wanted.
function loadStyles(bundleUrl) {
  const href = bundleUrl.replace(/\.js$/, '.css');
  if (!document.querySelector(`link[href="${href}"]`))
    document.head.append(Object.assign(document.createElement('link'), { rel: 'stylesheet', href }));
}

function setFirstView(map, { viewport, bounds, rightPixels }) {
  if (viewport)
    map.setView([viewport.latitude, viewport.longitude], viewport.zoom, { animate: false });
  else if (bounds)
    map.fitBounds([[bounds.south, bounds.west], [bounds.north, bounds.east]], { ...paddingOf(rightPixels), maxZoom: 18, animate: false });
  else
    map.setView([35, 105], 4, { animate: false });
}
