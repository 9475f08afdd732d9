import { takeFirst } from './first-map.js';
import { start } from './map-start.js';
import { View } from './view.js';

export async function create(element, dotnet, bundleUrl, options) {
  const begun = takeFirst(element, options) ?? await start(element, bundleUrl, options);
  return begun && new View(begun, element, dotnet, { ...options, bundleUrl });
}
