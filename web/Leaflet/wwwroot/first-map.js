import { start } from './map-start.js';

// The map of the document's frame: it draws while the circuit is opened, and becomes the page's own map if that wants the same; else the page makes another.

let first = null;

const frameNow = () => document.querySelector('.first-map');

// A script from the browser's cache may run before the frame is read.
if (frameNow())
  open(frameNow());
else if (document.readyState === 'loading') {
  const reading = new MutationObserver(() => {
    const frame = frameNow();
    if (!frame)
      return;
    reading.disconnect();
    open(frame);
  });
  reading.observe(document, { childList: true, subtree: true });
  addEventListener('DOMContentLoaded', () => reading.disconnect());
}

async function open(frame) {
  const text = frame.dataset.first, { bundleUrl, ...options } = JSON.parse(text);
  const begun = await start(frame, bundleUrl, options);
  if (!begun)
    return;
  begun.gl.once('idle', () => { frame.dataset.drawn = 'true'; });
  first = { begun, key: keyOf(options) };
}

// The map that draws already, put into the page's element; null where there is none, or one of something else.
export function takeFirst(host, options) {
  const taken = first;
  first = null;
  const isSame = taken?.key === keyOf(options);
  if (isSame)
    host.append(taken.begun.element);
  else
    taken?.begun.map.remove();
  frameNow()?.remove();
  return isSame ? taken.begun : null;
}

const keyOf = options => JSON.stringify(options);
