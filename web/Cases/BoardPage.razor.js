// Rows and map point at each other by events of the map's element, and the arrow keys walk through the rows; nothing of this crosses the circuit.

export const create = list => new Board(list);

class Board {
  constructor(list) {
    this.list = list;
    list.addEventListener('pointerover', this.over = ({ target }) => this.#point(target.closest('[data-row]')));
    list.addEventListener('pointerleave', this.leave = () => this.#point(null));
    list.addEventListener('focusin', this.focus = ({ target }) => this.#point(target.closest('[data-row]')));
    list.addEventListener('keydown', this.key = event => this.#walk(event));
    document.addEventListener('map:pointed', this.pointed = () => this.#pointedOnMap());
    list.dataset.linked = '';
  }

  remove() {
    this.list.removeEventListener('pointerover', this.over);
    this.list.removeEventListener('pointerleave', this.leave);
    this.list.removeEventListener('focusin', this.focus);
    this.list.removeEventListener('keydown', this.key);
    document.removeEventListener('map:pointed', this.pointed);
  }

  get #map() { return document.querySelector('.map-view'); }

  // Where nothing is pointed at, the case that is open is marked.
  #point(row) {
    const shown = row ?? this.list.querySelector('[data-row]:has([aria-current])');
    if (shown === this.shown)
      return;
    this.shown = shown;
    const at = shown?.dataset.at?.split(',').map(Number);
    this.#map?.dispatchEvent(new CustomEvent('map:mark', { detail: { feature: at ? { type: 'Feature', properties: {}, geometry: { type: 'Point', coordinates: at } } : null, isRevealed: false } }));
  }

  #pointedOnMap() {
    const [layer, fid] = (this.#map?.dataset.pointed ?? '').split('/');
    this.list.querySelector('[data-pointed]')?.removeAttribute('data-pointed');
    const row = layer === 'board' ? this.list.querySelector(`[data-row="${fid}"]`) : null;
    row?.setAttribute('data-pointed', '');
    row?.scrollIntoView({ block: 'nearest' });
  }

  // Up and down go from row to row, x ticks the one that has the focus.
  #walk(event) {
    const row = event.target.closest('[data-row]');
    if (!row || event.ctrlKey || event.metaKey || event.altKey)
      return;
    if (event.key === 'x')
      row.querySelector('[data-choose]').click();
    const next = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key];
    if (next || event.key === 'ArrowDown' || event.key === 'ArrowUp')
      event.preventDefault();
    next?.querySelector('[data-row-button]').focus();
  }
}
