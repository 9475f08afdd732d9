// What the map component needs from npm, in one module. The worker stands beside it (maplibre-gl 6 loads it by URL).
import L from 'leaflet';
import * as maplibregl from 'maplibre-gl';
import '@maplibre/maplibre-gl-leaflet';
import 'leaflet/dist/leaflet.css';
import 'maplibre-gl/dist/maplibre-gl.css';

maplibregl.setWorkerUrl(new URL('./map-worker.js', import.meta.url).href);
// The worker starts before there is a map.
maplibregl.prewarm();

export { L, maplibregl };
