import { RowList } from '../../row-list.js';

// The table's rows: pages are asked for as one scrolls, a new view or question begins again. The map of the page and the table tell each other what is pointed at
// by events of the map's element, so that nothing of this crosses the circuit.

const heightKey = 'cityops.table.height', leastPixels = 120, stepPixels = 24;
const viewPauseMilliseconds = 150, busyMilliseconds = 300, freshMilliseconds = 1000, mostRows = 20_000;

export const create = (root, dotnet, words) => new Table(root, dotnet, words);

class Table {
  constructor(root, dotnet, words) {
    Object.assign(this, { root, dotnet, words });
    this.count = root.querySelector('.count');
    this.stop = root.querySelector('.stop');
    this.list = new RowList(root.querySelector('.rows'), { need: () => this.#more(), choose: row => this.#choose(row), point: row => this.#point(row, false) });
    this.stop.addEventListener('click', () => this.#cancel());
    this.#resizable(root.querySelector('.edge'));
    this.viewed = () => { clearTimeout(this.waiting); this.waiting = setTimeout(() => this.#begin(), viewPauseMilliseconds); };
    this.pointed = () => this.#pointedOnMap();
    this.changed = ({ detail }) => { if (detail.includes(this.asked?.layer)) this.#refreshSoon(); };
    document.addEventListener('map:viewed', this.viewed);
    document.addEventListener('map:pointed', this.pointed);
    document.addEventListener('map:changed', this.changed);
    document.addEventListener('pointerdown', this.closing = ({ target }) => { if (!target.closest?.('.columns')) root.querySelector('.columns')?.removeAttribute('open'); });
  }

  // { layer, title, columns, sort, question, selected, version }
  show(asked) {
    const before = this.asked;
    this.asked = asked;
    this.begun = before && ['layer', 'sort', 'question'].every(name => before[name] === asked[name]) && JSON.stringify(before.columns) === JSON.stringify(asked.columns) ? this.begun : null;
    this.#begin();
    if (before && before.version !== asked.version)
      this.#refreshSoon();
    this.list.mark('selected', asked.selected, true);
  }

  remove() {
    clearTimeout(this.waiting);
    clearTimeout(this.refreshing);
    this.loading?.abort();
    this.list.remove();
    document.removeEventListener('map:viewed', this.viewed);
    document.removeEventListener('map:pointed', this.pointed);
    document.removeEventListener('map:changed', this.changed);
    document.removeEventListener('pointerdown', this.closing);
    this.#mark(null, false);
  }

  get #map() { return document.querySelector('.map-view'); }

  // The rows of a view that is already shown stay.
  #begin() {
    const box = this.#map?.dataset.box;
    if (!box || !this.asked || this.begun === box)
      return;
    this.begun = box;
    this.next = '';
    this.isFresh = true;
    this.#load();
  }

  #more() {
    if (this.next && !this.loading && this.list.rows.length < mostRows)
      this.#load();
  }

  async #load() {
    this.loading?.abort();
    const loading = this.loading = new AbortController();
    const busy = setTimeout(() => this.#busy(true), busyMilliseconds);
    this.root.setAttribute('aria-busy', 'true');
    try {
      const page = await this.#page(this.next, loading.signal);
      this.loading = null;
      this.#take(page);
    } catch (fault) {
      if (this.loading === loading || this.stopped === loading)
        this.#fail(fault, () => this.#load());
    } finally {
      clearTimeout(busy);
      if (!this.loading || this.loading === loading)
        this.#busy(false);
    }
  }

  #refreshSoon() { this.refreshing ??= setTimeout(() => this.#refresh(), freshMilliseconds); }

  // The rows changed in the database. What is shown stays until those in sight are there anew, and where it is scrolled to.
  async #refresh() {
    this.refreshing = null;
    if (!this.begun)
      return;
    if (this.loading)
      return this.#refreshSoon();
    const loading = this.loading = new AbortController(), pages = [];
    try {
      do
        pages.push(await this.#page(pages.at(-1)?.next, loading.signal));
      while (pages.at(-1).next && pages.reduce((sum, { rows }) => sum + rows.length, 0) < this.list.inSight);
      this.loading = null;
      this.list.replace(pages.flatMap(({ rows }) => rows), pages.at(-1).matched);
      this.#tell(pages.at(-1));
    } catch (fault) {
      if (this.loading === loading)
        this.#fail(fault, () => this.#refresh());
    }
  }

  async #page(next, signal) {
    const { layer, columns, sort, question } = this.asked;
    const parts = [`view=${this.begun}`, `columns=${columns.map(({ name }) => name).join(',')}`, sort && `sort=${encodeURIComponent(sort)}`, question, next];
    const answer = await fetch(`/api/layers/${encodeURIComponent(layer)}/rows?${parts.filter(Boolean).join('&')}`, { signal });
    const page = await answer.json();
    if (!answer.ok)
      throw new Error(page.detail);
    return page;
  }

  #take(page) {
    if (this.isFresh)
      this.list.begin(this.#head(page.canSort, page.isSorted));
    this.isFresh = false;
    this.list.add(page.rows, page.matched);
    this.#tell(page);
  }

  // What the last page that came says of all rows.
  #tell({ matched, isExact, isSorted, next }) {
    const { title, sort, selected } = this.asked;
    this.next = next;
    const number = matched.toLocaleString(this.words.language);
    this.count.textContent = (isExact ? this.words.count : this.words.estimate).replace('{0}', title).replace('{1}', number) + (sort && !isSorted ? ` ${this.words.notSorted}` : '');
    this.count.dataset.tableCount = isExact ? matched : '';
    this.list.say(...(this.list.rows.length ? next && this.list.rows.length >= mostRows ? [this.words.endOfRows.replace('{0}', mostRows.toLocaleString(this.words.language))] : [] : [this.words.empty.replace('{0}', title)]));
    this.list.mark('selected', selected, false);
    this.root.dataset.tableState = 'ready';
  }

  #head(canSort, isSorted) {
    return this.asked.columns.map(column => {
      const head = Object.assign(document.createElement('span'), { role: 'columnheader', className: column.isNumber ? 'number' : '' });
      const direction = isSorted && this.asked.sort === column.name ? 'ascending' : isSorted && this.asked.sort === `-${column.name}` ? 'descending' : null;
      if (!canSort || !column.canSort)
        return Object.assign(head, { textContent: column.title, title: canSort ? column.title : this.words.tooManyToSort });
      const button = Object.assign(document.createElement('button'), { type: 'button', textContent: column.title });
      button.dataset.sort = column.name;
      button.addEventListener('click', () => this.dotnet.invokeMethodAsync('SortBy', column.name));
      head.setAttribute('aria-sort', direction ?? 'none');
      head.append(button);
      return head;
    });
  }

  #busy(isBusy) {
    this.root.classList.toggle('busy', isBusy);
    this.root.setAttribute('aria-busy', isBusy || !!this.loading);
    this.stop.hidden = !isBusy;
  }

  #cancel() {
    this.stopped = this.loading;
    this.loading?.abort();
    this.loading = null;
  }

  #fail(fault, retry) {
    this.loading = null;
    const again = Object.assign(document.createElement('button'), { type: 'button', textContent: this.words.again });
    again.addEventListener('click', () => { this.list.say(); retry(); });
    this.list.say(fault.name === 'AbortError' ? `${this.words.stopped} ` : `${this.words.failed} ${fault.message ?? ''} `, again);
    this.root.dataset.tableState = 'failed';
  }

  #choose(row) {
    this.#point(row, true);
    this.dotnet.invokeMethodAsync('RowChosen', row.id);
  }

  // Shapes other than points are asked for when they are pointed at, once.
  async #point(row, isRevealed) {
    const mine = this.pointing = {};
    if (row && !row.feature && !row.at)
      row.feature = await fetch(`/api/layers/${encodeURIComponent(this.asked.layer)}/features/${row.id}`).then(answer => answer.ok ? answer.json() : null);
    if (this.pointing === mine)
      this.#mark(row && (row.feature ?? { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: row.at } }), isRevealed);
  }

  #mark(feature, isRevealed) {
    this.#map?.dispatchEvent(new CustomEvent('map:mark', { detail: { feature: feature?.geometry ? feature : null, isRevealed } }));
  }

  #pointedOnMap() {
    const [layer, fid] = (this.#map?.dataset.pointed ?? '').split('/');
    this.list.mark('pointed', layer === this.asked?.layer ? Number(fid) : null, false);
  }

  // The upper edge is dragged, or moved by the arrow keys; the browser keeps the height.
  #resizable(edge) {
    const set = pixels => {
      const height = Math.round(Math.max(leastPixels, Math.min(this.root.parentElement.clientHeight * 0.75, pixels)));
      this.root.style.height = `${height}px`;
      edge.setAttribute('aria-valuenow', height);
      localStorage.setItem(heightKey, height);
    };
    if (localStorage.getItem(heightKey))
      set(Number(localStorage.getItem(heightKey)));
    edge.addEventListener('pointerdown', down => {
      const [from, height] = [down.clientY, this.root.offsetHeight];
      edge.setPointerCapture(down.pointerId);
      edge.onpointermove = move => set(height + from - move.clientY);
      edge.onpointerup = () => { edge.onpointermove = null; };
    });
    edge.addEventListener('keydown', event => {
      const step = { ArrowUp: stepPixels, ArrowDown: -stepPixels }[event.key];
      if (step) {
        event.preventDefault();
        set(this.root.offsetHeight + step);
      }
    });
  }
}
