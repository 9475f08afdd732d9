import { addPlate } from './cells.js';
import { addIcon } from './icons.js';
import { styleOf } from './map-style.js';
import { addSector } from './sectors.js';

// A map that draws: Leaflet with its controls, MapLibre GL in it, in an element of its own, so that it can be put into another place of the page.

const restMilliseconds = 250, loadingFrameMilliseconds = 400;

// A panel at the right covers part of the map, as long as the map is wide enough for both.
export function paddingOf(rightPixels) {
  return { paddingTopLeft: [24, 24], paddingBottomRight: [24 + (window.innerWidth > 900 ? rightPixels : 0), 24] };
}

export async function start(host, bundleUrl, options) {
  loadStyles(bundleUrl);
  const { L } = await import(new URL(bundleUrl, document.baseURI).href);
  if (!host.isConnected)
    return null;
  const element = host.appendChild(Object.assign(document.createElement('div'), { className: 'map-stage' }));
  Object.assign(element.style, { position: 'absolute', inset: 0 });
  element.setAttribute('aria-label', options.texts.map);
  const map = createMap(L, element, options);
  const attribution = L.control.attribution({ prefix: false, position: 'bottomright' }).addAttribution(options.texts.attribution).addTo(map);
  L.control.scale({ imperial: false, maxWidth: 120, position: 'bottomleft' }).addTo(map);
  const drawing = L.maplibreGL({ style: styleOf(options), attributionControl: false, fadeDuration: 0, locale: { 'Map.Title': options.texts.map }, localIdeographFontFamily: '"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei","PingFang SC",sans-serif' });
  drawing.addTo(map);
  const gl = drawing.getMaplibreMap();
  bringToRest(gl);
  drawSeldom(map, gl);
  // The style is there at once, what it draws only later.
  const styled = new Promise(done => gl.once('style.load', done)), loaded = new Promise(done => gl.once('load', done));
  styled.then(() => addPlate(gl));
  gl.setMissingStyleImageResolver(async id => {
    addSector(gl, id);
    await addIcon(gl, id, options.iconsUrl);
  });
  return { L, element, map, gl, attribution, styled, loaded };
}

// MapLibre (6.17, TileManager._tileLoaded) says nothing where the last tile it waited for turned out to be unchanged, so 'idle' would never come: one more frame brings it.
function bringToRest(gl) {
  let isAtRest = false, looking = null;
  const look = () => {
    looking = null;
    if (isAtRest)
      return;
    if (gl.loaded())
      gl.triggerRepaint();
    looking = setTimeout(look, restMilliseconds);
  };
  gl.on('render', () => {
    isAtRest = false;
    looking ??= setTimeout(look, restMilliseconds);
  });
  gl.on('idle', () => { isAtRest = true; });
  gl.on('remove', () => { isAtRest = true; });
}

// Where the processor draws, each picture takes its time from what still loads: while nobody moves the map, pictures of half of it are few.
function drawSeldom(map, gl) {
  if (!isDrawnByProcessor(gl))
    return;
  const repaint = gl.triggerRepaint;
  let drawn = 0, moved = 0, waiting = null;
  const draw = () => {
    clearTimeout(waiting);
    [drawn, waiting] = [performance.now(), null];
    repaint.call(gl);
  };
  map.on('move', () => { moved = performance.now(); });
  gl.triggerRepaint = () => {
    const left = drawn + loadingFrameMilliseconds - performance.now();
    if (left <= 0 || moved > drawn || gl.areTilesLoaded())
      draw();
    else
      waiting ??= setTimeout(draw, left);
  };
}

// By the names of the drawing programs that come with Chromium, Mesa and Windows. Chromium tells them by an extension alone, of which Firefox would complain.
function isDrawnByProcessor(gl) {
  const context = gl.getCanvas().getContext('webgl2'), plain = context.getParameter(context.RENDERER);
  const name = plain === 'WebKit WebGL' ? context.getParameter(context.getExtension('WEBGL_debug_renderer_info')?.UNMASKED_RENDERER_WEBGL ?? context.RENDERER) : plain;
  return /swiftshader|llvmpipe|softpipe|basic render/i.test(name);
}

function createMap(L, element, options) {
  // Who asked the system for less motion gets the next view at once.
  const moves = !matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = L.map(element, {
    zoomControl: false, attributionControl: false, minZoom: 3, maxZoom: 20, zoomSnap: 0.25, zoomDelta: 1, worldCopyJump: true,
    zoomAnimation: moves, fadeAnimation: moves, inertia: moves,
  });
  setFirstView(map, options);
  L.control.zoom({ position: 'topleft', zoomInTitle: options.texts.zoomIn, zoomOutTitle: options.texts.zoomOut }).addTo(map);
  return map;
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
