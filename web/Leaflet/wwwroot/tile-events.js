// Keeps what is drawn as new as the database: while the page is seen it listens to the server's events and takes again the tiles that are named, and no others.
// A hidden page hears nothing (a browser allows few open connections to one server); when it is seen again, what it shows is asked for once, unchanged tiles cost a 304.

const flushMilliseconds = 150;
const retryMilliseconds = 10_000;
const deepestZoom = 18;
const mostNamed = 2000;
const firstAgainMilliseconds = 4000;
const longestAgainMilliseconds = 60_000;

export class TileEvents {
  #touched = new Map();
  #layers = [];
  #wasOpen = false;

  // onRefreshed: hears the ids of layers whose tiles are taken again.
  constructor(gl, url, onRefreshed) {
    Object.assign(this, { gl, url, onRefreshed });
    this.seen = () => document.hidden ? this.#close() : this.#open();
    if (url)
      document.addEventListener('visibilitychange', this.seen);
  }

  // Ids of the layers that are drawn. What was not listened to until now may have changed unheard.
  watch(layers) {
    const added = layers.filter(id => !this.#layers.includes(id));
    const isFirst = this.#layers.length === 0;
    if (!added.length && layers.length === this.#layers.length)
      return;
    this.#layers = layers;
    if (!this.url || document.hidden)
      return;
    this.#close();
    this.#wasOpen = false;
    this.#open();
    if (!isFirst)
      added.forEach(id => this.#touch(id, null));
  }

  remove() {
    document.removeEventListener('visibilitychange', this.seen);
    this.#close();
  }

  #open() {
    if (this.events || !this.#layers.length)
      return;
    this.events = new EventSource(`${this.url}?layers=${this.#layers.map(encodeURIComponent).join(',')}`);
    this.events.addEventListener('tiles', ({ data }) => {
      const { layer, zoom, tiles, beside = [] } = JSON.parse(data);
      this.#touch(layer, tiles && [...tiles.map(([x, y]) => ({ z: zoom, x, y })), ...beside.map(([z, x, y]) => ({ z, x, y, isAlone: true }))]);
    });
    this.events.onopen = () => {
      if (this.#wasOpen)
        this.#layers.forEach(id => this.#touch(id, null));
      this.#wasOpen = true;
    };
    this.events.onerror = () => {
      // Otherwise the browser connects again by itself.
      if (this.events?.readyState !== EventSource.CLOSED)
        return;
      this.#close();
      this.retry = setTimeout(() => this.seen(), retryMilliseconds);
    };
  }

  #close() {
    clearTimeout(this.retry);
    clearTimeout(this.flushing);
    this.flushing = null;
    this.events?.close();
    this.events = null;
  }

  #touch(id, tiles) {
    const known = this.#touched.get(id);
    this.#touched.set(id, !tiles || known === null || (known?.length ?? 0) + tiles.length > mostNamed ? null : [...known ?? [], ...tiles]);
    this.flushing ??= setTimeout(() => this.#flush(), flushMilliseconds);
  }

  #flush() {
    this.flushing = null;
    // A tile on its way may have been made before the change; it is asked for once more when it is there.
    const again = this.gl.areTilesLoaded() ? null : new Map(this.#touched);
    for (const [id, tiles] of this.#touched)
      refresh(this.gl, id, tiles);
    this.onRefreshed([...this.#touched.keys()]);
    this.#touched.clear();
    if (again) {
      this.gl.once('idle', () => again.forEach((tiles, id) => refresh(this.gl, id, tiles)));
      this.gl.triggerRepaint();
    }
  }
}

// What did not come, by source: it is asked for again by itself, less and less often, at once when the network is back or a person says so, and the map says in a sentence
// that it is not whole until all of it is there.
export class Missing {
  #again = new Map();
  #failed = new Set();
  #pause = firstAgainMilliseconds;

  // texts: { missing, askAgain }; without them the map only asks again.
  constructor(gl, element, texts) {
    Object.assign(this, { gl, element, texts });
    // What fails now is of requests that were sent before: no reason to wait long.
    this.online = () => {
      this.#pause = firstAgainMilliseconds / 2;
      if (this.#again.size)
        this.ask();
    };
    addEventListener('online', this.online);
  }

  // ask: how to ask again; may return a promise of the answer.
  add(id, ask = () => askSource(this.gl, id)) {
    this.#failed.add(id);
    this.#again.set(id, ask);
    this.#tell();
    this.timer ??= setTimeout(() => this.ask(), this.#pause);
  }

  async ask() {
    clearTimeout(this.timer);
    this.timer = null;
    this.#pause = Math.min(2 * this.#pause, longestAgainMilliseconds);
    const asked = [...this.#again];
    this.#failed.clear();
    await Promise.all(asked.map(([, ask]) => ask()));
    if (this.isRemoved)
      return;
    this.gl.once('idle', () => this.#settle(asked.map(([id]) => id)));
    this.gl.triggerRepaint();
  }

  remove() {
    this.isRemoved = true;
    removeEventListener('online', this.online);
    clearTimeout(this.timer);
  }

  #settle(ids) {
    ids.filter(id => !this.#failed.has(id)).forEach(id => this.#again.delete(id));
    if (!this.#again.size)
      this.#pause = firstAgainMilliseconds;
    this.#tell();
  }

  #tell() {
    if (!this.#again.size || !this.texts?.missing) {
      this.note?.remove();
      this.note = null;
    } else if (!this.note) {
      this.note = Object.assign(document.createElement('div'), { className: 'map-missing' });
      this.note.setAttribute('role', 'status');
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: this.texts.askAgain, onclick: () => this.ask() });
      this.note.append(Object.assign(document.createElement('span'), { textContent: this.texts.missing }), button);
      this.element.append(this.note);
    }
  }
}

// Shapes have their address with the source, tiles with the tile.
function askSource(gl, id) {
  const source = gl.getSource(id);
  if (source?.type === 'geojson' && typeof source.serialize().data === 'string')
    source.setData(source.serialize().data);
  else if (source && source.type !== 'geojson')
    refreshFailed(gl, id);
}

// Another address for a source's tiles. Those that failed are forgotten by who failed to make them, else MapLibre waits for them for ever (6.17, TileManager.reload
// and VectorTileSource.loadTile).
export function askElsewhere(gl, id, tiles) {
  const inView = gl.style.tileManagers?.[id]?._inViewTiles;
  inView?.getAllTiles().filter(({ state }) => state === 'errored').forEach(tile => { tile.actor = undefined; });
  gl.getSource(id)?.setTiles(tiles);
}

// Tiles that failed are asked for by name, for the same reason.
function refreshFailed(gl, id) {
  const tiles = gl.style.tileManagers?.[id]?._inViewTiles;
  const failed = tiles?.getAllIds().map(key => tiles.getTileById(key)).filter(({ state }) => state === 'errored').map(({ tileID }) => tileID.canonical) ?? [];
  if (failed.length)
    gl.refreshTiles(id, failed);
}

// MapLibre takes again what is in view; what it keeps from other views is dropped, so that it cannot come back old.
function refresh(gl, id, tiles) {
  if (!gl.getSource(id))
    return;
  const kept = gl.style.tileManagers?.[id]?._outOfViewCache;
  if (!tiles || !kept?.filter) {
    refreshFailed(gl, id);
    return gl.refreshTiles(id);
  }
  const named = atAllZooms(tiles, Math.ceil(gl.getZoom()));
  kept.filter(({ tileID }) => !named.has(key(tileID.canonical)));
  gl.refreshTiles(id, [...named.values()]);
}

// A change in a tile changes the tiles that hold it and, where the map is nearer than the events' zoom, those it holds; but for a tile that shows a shape only
// beyond its edge.
export function atAllZooms(tiles, mapZoom) {
  const named = new Map();
  const add = tile => named.set(key(tile), tile);
  for (const { z, x, y, isAlone } of tiles) {
    if (isAlone) {
      add({ z, x, y });
      continue;
    }
    for (let up = 0; up <= z; up++)
      add({ z: z - up, x: x >> up, y: y >> up });
    for (let down = 1; z + down <= mapZoom && z + down <= deepestZoom + 4; down++)
      for (let dx = 0; dx < 1 << down; dx++)
        for (let dy = 0; dy < 1 << down; dy++)
          add({ z: z + down, x: (x << down) + dx, y: (y << down) + dy });
  }
  return named;
}

const key = ({ z, x, y }) => `${z}/${x}/${y}`;
