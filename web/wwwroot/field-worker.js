// Keeps the page for phones at hand where there is no network: its document, which is nobody's in particular, its scripts, and the map around where people were. Registered for /field alone,
// under the version of the files, so that another version brings another worker. What people write is not here but in the page's own store.
const version = new URL(location.href).searchParams.get('v'), root = `/v/${version}`;
const shell = `field-shell-${version}`, map = 'field-map', page = '/field';
const patienceMilliseconds = 5_000, mostTiles = 600;
const styles = 'CityOps.Gis.Web.styles.css';
const leaflet = ['map-start', 'handle', 'icons', 'layer-style', 'looks', 'map-style', 'overlays', 'sectors', 'cells'].map(name => `_content/CityOps.Gis.Leaflet/${name}.js`);
const scripts = ['field', 'store', 'letters', 'orders', 'outbox', 'patrol', 'report', 'tasks', 'requests', 'texts', 'classes', 'photos', 'place'].map(name => `field/${name}.js`);
const files = [...scripts, ...leaflet, 'field/field.css', 'theme.js', 'app.css', 'favicon.svg', styles, 'dist/map.js', 'dist/map.css', 'dist/map-worker.js'].map(name => `${root}/${name}`);

addEventListener('install', event => event.waitUntil(install()));
addEventListener('activate', event => event.waitUntil(activate()));
addEventListener('fetch', event => {
  const { request } = event, { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin)
    return;
  if (request.mode === 'navigate' && pathname === page)
    event.respondWith(document(request));
  else if (pathname.startsWith(`${root}/`))
    event.respondWith(file(request));
  else if (/^\/tiles\/\w+\/\d+\/|^\/api\/layers\/\w+\/labels/.test(pathname))
    event.respondWith(piece(request));
});

async function install() {
  const kept = await caches.open(shell);
  await kept.addAll(files);
  // The styles of components bring in those of the map, under a name that its build gives them.
  const text = await (await kept.match(`${root}/${styles}`, { ignoreVary: true })).text();
  await kept.addAll([...text.matchAll(/@import ['"]([^'"]+)/g)].map(([, name]) => `${root}/${name}`));
  const answer = await fetch(page, { credentials: 'same-origin', redirect: 'manual', headers: { accept: 'text/html' } });
  await keep(answer);
  await skipWaiting();
}

async function activate() {
  for (const name of await caches.keys())
    if (name.startsWith('field-shell-') && name !== shell)
      await caches.delete(name);
  await clients.claim();
}

// The server's word where it comes in time; else what was kept. A way to the sign-in is the server's word, too.
async function document(request) {
  const kept = await (await caches.open(shell)).match(page, { ignoreVary: true });
  try {
    const answer = await (kept ? Promise.race([fetch(request), late()]) : fetch(request));
    await keep(answer.clone());
    return answer.status >= 500 && kept ? kept : answer;
  } catch (fault) {
    if (kept)
      return kept;
    throw fault;
  }
}

const late = () => new Promise((_, failed) => setTimeout(() => failed(new Error('late')), patienceMilliseconds));

// A document of another version wants files that this worker does not keep; the worker of that version brings both.
async function keep(answer) {
  if (answer.status !== 200 || answer.type === 'opaqueredirect')
    return;
  const text = await answer.text();
  if (text.includes(`data-version="${version}"`))
    await (await caches.open(shell)).put(page, new Response(text, { headers: answer.headers }));
}

// An address with a version never changes.
async function file(request) {
  const kept = await caches.open(shell);
  return await kept.match(request, { ignoreVary: true }) ?? fetch(request);
}

// Of the map the newest there is, and without a network what was seen before. It is somebody's: the page throws it away with him (store.js, forget).
async function piece(request) {
  const kept = await caches.open(map);
  try {
    const answer = await fetch(request);
    if (answer.status === 200 || answer.status === 204) {
      await kept.put(request, answer.clone());
      const keys = await kept.keys();
      await Promise.all(keys.slice(0, Math.max(0, keys.length - mostTiles)).map(key => kept.delete(key)));
    }
    return answer;
  } catch (fault) {
    const known = await kept.match(request, { ignoreVary: true });
    if (known)
      return known;
    throw fault;
  }
}
