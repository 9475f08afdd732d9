// Rows of a table of any length: only those in sight are in the document. Arrow keys move an active row.

const rowPixels = 30, overscan = 10;

export class RowList {
  #active = -1;

  // columns: [{ title, isNumber, canSort, name }]; on: { need, choose, point } for rows to be loaded, chosen, pointed at (a row or null).
  constructor(element, on) {
    Object.assign(this, { element, on, rows: [], marks: new Map() });
    this.head = Object.assign(document.createElement('div'), { className: 'head', role: 'row' });
    this.body = Object.assign(document.createElement('div'), { className: 'body', role: 'presentation' });
    this.note = Object.assign(document.createElement('p'), { className: 'note', hidden: true });
    element.append(this.head, this.body, this.note);
    element.addEventListener('scroll', () => this.#drawSoon());
    element.addEventListener('keydown', event => this.#key(event));
    this.body.addEventListener('click', ({ target }) => this.#withRow(target, at => this.#choose(at)));
    this.body.addEventListener('mouseover', ({ target }) => this.#withRow(target, at => this.on.point(this.rows[at])));
    this.body.addEventListener('mouseleave', () => this.on.point(null));
    this.sizes = new ResizeObserver(() => this.#drawSoon());
    this.sizes.observe(element);
  }

  remove() { this.sizes.disconnect(); }

  // A new list begins at its top.
  begin(head) {
    this.rows = [];
    this.#active = -1;
    this.head.replaceChildren(...head);
    this.element.scrollTop = 0;
    this.#draw();
  }

  add(rows, total) {
    const isFirst = !this.rows.length;
    this.rows.push(...rows);
    this.element.setAttribute('aria-rowcount', total + 1);
    if (isFirst)
      this.element.style.setProperty('--columns', this.#widths());
    this.#draw();
  }

  // The same list with what became of its rows: it stays where it is.
  replace(rows, total) {
    const active = this.rows[this.#active]?.id;
    this.rows = rows;
    this.#active = active === undefined ? -1 : rows.findIndex(({ id }) => id === active);
    this.element.setAttribute('aria-rowcount', total + 1);
    if (!this.element.style.getPropertyValue('--columns'))
      this.element.style.setProperty('--columns', this.#widths());
    this.#draw();
  }

  // How many rows it takes to fill what is in sight, and some more.
  get inSight() { return Math.ceil((this.element.scrollTop + this.element.clientHeight) / rowPixels) + 2 * overscan; }

  say(...parts) {
    this.note.replaceChildren(...parts);
    this.note.hidden = !parts.length;
  }

  // Marks of a kind ("selected", "pointed") belong to at most one feature.
  mark(kind, id, isShown) {
    this.marks.set(kind, id);
    const at = this.rows.findIndex(row => row.id === id);
    if (isShown && at >= 0)
      this.#reveal(at);
    this.#draw();
  }

  #widths() {
    const width = text => [...text ?? ''].reduce((sum, letter) => sum + (letter > '\u2e80' ? 13.5 : 7.6), 0);
    const heads = [...this.head.children];
    return heads.map((head, at) => Math.min(300, Math.max(width(head.textContent) + 34, 26 + Math.max(...this.rows.map(row => width(row.cells[at]))))))
      .map(pixels => `minmax(${Math.ceil(pixels)}px, ${Math.ceil(pixels)}fr)`).join(' ');
  }

  #drawSoon() {
    cancelAnimationFrame(this.drawing);
    this.drawing = requestAnimationFrame(() => this.#draw());
  }

  #draw() {
    const { scrollTop, clientHeight } = this.element;
    const first = Math.max(0, Math.floor(scrollTop / rowPixels) - overscan), last = Math.min(this.rows.length, Math.ceil((scrollTop + clientHeight) / rowPixels) + overscan);
    this.body.style.height = `${this.rows.length * rowPixels}px`;
    this.body.replaceChildren(...this.rows.slice(first, last).map((row, at) => this.#rowOf(row, first + at)));
    if (last > this.rows.length - 2 * overscan)
      this.on.need();
  }

  #rowOf({ id, cells }, at) {
    const row = Object.assign(document.createElement('div'), { className: 'row', role: 'row', id: `row-${id}` });
    row.dataset.row = id;
    row.dataset.at = at;
    row.style.top = `${at * rowPixels}px`;
    row.setAttribute('aria-rowindex', at + 2);
    for (const [kind, marked] of this.marks)
      row.classList.toggle(kind, marked === id);
    row.classList.toggle('active', at === this.#active);
    row.setAttribute('aria-selected', this.marks.get('selected') === id);
    row.append(...cells.map((text, column) => {
      const cell = Object.assign(document.createElement('span'), { role: 'gridcell', textContent: text ?? '', title: text ?? '' });
      cell.className = this.head.children[column]?.className ?? '';
      return cell;
    }));
    return row;
  }

  #withRow(target, act) {
    const row = target.closest('[data-at]');
    if (row)
      act(Number(row.dataset.at));
  }

  #choose(at) {
    this.#active = at;
    this.on.choose(this.rows[at]);
  }

  #key(event) {
    if (event.target !== this.element || !this.rows.length)
      return;
    const page = Math.max(1, Math.floor(this.element.clientHeight / rowPixels) - 2);
    const to = { ArrowDown: this.#active + 1, ArrowUp: this.#active - 1, PageDown: this.#active + page, PageUp: this.#active - page, Home: 0, End: this.rows.length - 1 }[event.key];
    if (to !== undefined)
      this.#activate(Math.min(this.rows.length - 1, Math.max(0, to)));
    else if (event.key === 'Enter' && this.#active >= 0)
      this.#choose(this.#active);
    else
      return;
    event.preventDefault();
    event.stopPropagation();
  }

  #activate(at) {
    this.#active = at;
    this.#reveal(at);
    this.#draw();
    this.element.setAttribute('aria-activedescendant', `row-${this.rows[at].id}`);
    this.on.point(this.rows[at]);
  }

  #reveal(at) {
    const top = at * rowPixels, seen = this.element.clientHeight - this.head.offsetHeight;
    if (top < this.element.scrollTop)
      this.element.scrollTop = top;
    else if (top + rowPixels > this.element.scrollTop + seen)
      this.element.scrollTop = top + rowPixels - seen;
  }
}
