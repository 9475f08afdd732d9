import { RowList } from '../../row-list.js';

// The table's rows: pages are asked for as one scrolls, a new view or question begins again. The map of the page and the table tell each other what is pointed at
// by events of the map's element, so that nothing of this crosses the circuit.

const heightKey = 'cityops.table.height', leastPixels = 120, stepPixels = 24;
const viewPauseMilliseconds = 150, busyMilliseconds = 300, mostRows = 20_000;

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
    document.addEventListener('map:viewed', this.viewed);
    document.addEventListener('map:pointed', this.pointed);
    document.addEventListener('pointerdown', this.closing = ({ target }) => { if (!target.closest?.('.columns')) root.querySelector('.columns')?.removeAttribute('open'); });
  }

  // { layer, title, columns, sort, question, selected }
  show(asked) {
    const before = this.asked;
    this.asked = asked;
    this.begun = before && ['layer', 'sort', 'question'].every(name => before[name] === asked[name]) && JSON.stringify(before.columns) === JSON.stringify(asked.columns) ? this.begun : null;
    this.#begin();
    this.list.mark('selected', asked.selected, true);
  }

  remove() {
    clearTimeout(this.waiting);
    this.loading?.abort();
    this.list.remove();
    document.removeEventListener('map:viewed', this.viewed);
    document.removeEventListener('map:pointed', this.pointed);
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
      const answer = await fetch(this.#address(), { signal: loading.signal });
      const page = await answer.json();
      if (!answer.ok)
        throw new Error(page.detail);
      this.loading = null;
      this.#take(page);
    } catch (fault) {
      if (this.loading === loading || this.stopped === loading)
        this.#fail(fault.name === 'AbortError' ? this.words.stopped : `${this.words.failed} ${fault.message ?? ''}`);
    } finally {
      clearTimeout(busy);
      if (!this.loading || this.loading === loading)
        this.#busy(false);
    }
  }

  #address() {
    const { layer, columns, sort, question } = this.asked;
    const parts = [`view=${this.begun}`, `columns=${columns.map(({ name }) => name).join(',')}`, sort && `sort=${encodeURIComponent(sort)}`, question, this.next];
    return `/api/layers/${encodeURIComponent(layer)}/rows?${parts.filter(Boolean).join('&')}`;
  }

  #take({ rows, matched, isExact, canSort, isSorted, next }) {
    const { title, sort, selected } = this.asked;
    if (this.isFresh)
      this.list.begin(this.#head(canSort, isSorted));
    this.isFresh = false;
    this.next = next;
    this.list.add(rows, matched);
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

  #fail(sentence) {
    this.loading = null;
    const again = Object.assign(document.createElement('button'), { type: 'button', textContent: this.words.again });
    again.addEventListener('click', () => { this.list.say(); this.#load(); });
    this.list.say(`${sentence} `, again);
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
