import * as store from './store.js';
import { element, text } from './texts.js';

// The choice of what it is about: what was chosen lately at a finger's tip, else by a word of its name.

const lately = 5;

export class Classes {
  chosen = null;

  constructor(form, dialog, person) {
    Object.assign(this, { form, dialog, person, list: [], search: dialog.querySelector('[data-class-search]'), rows: dialog.querySelector('[data-class-list]') });
    form.querySelector('[data-choose-class]').addEventListener('click', () => this.#open());
    this.search.addEventListener('input', () => this.#show());
  }

  async fill(list) {
    this.list = list;
    const recent = await store.get('kept', `recent:${this.person.id}`) ?? [];
    this.form.querySelector('[data-recent]').replaceChildren(...recent.map(code => list.find(one => one.code === code)).filter(Boolean).map(one =>
      element('button', { type: 'button', class: 'button', 'data-recent-class': one.code, onclick: () => this.choose(one.code) }, one.name)));
  }

  choose(code) {
    this.chosen = this.list.find(one => one.code === code) ?? null;
    const button = this.form.querySelector('[data-choose-class]');
    button.querySelector('b').textContent = this.chosen?.name ?? text('ChooseClass');
    button.classList.toggle('chosen', !!this.chosen);
    this.form.querySelectorAll('[data-recent-class]').forEach(one => one.setAttribute('aria-pressed', String(one.dataset.recentClass === code)));
    this.dialog.close();
  }

  async remember() {
    const key = `recent:${this.person.id}`, code = this.chosen.code;
    await store.put('kept', [code, ...(await store.get('kept', key) ?? []).filter(one => one !== code)].slice(0, lately), key);
    await this.fill(this.list);
  }

  #open() {
    this.search.value = '';
    this.#show();
    this.dialog.showModal();
  }

  #show() {
    const word = this.search.value.trim().toLowerCase();
    const found = this.list.filter(one => !word || [one.name, one.other, one.code, one.major].some(said => said?.toLowerCase().includes(word)));
    const groups = Map.groupBy(found, one => one.major);
    this.rows.replaceChildren(...(found.length ? [...groups].map(([major, entries]) => element('section', {}, element('h3', {}, major), ...entries.map(one =>
      element('button', { type: 'button', 'data-class': one.code, onclick: () => this.choose(one.code) }, one.name)))) : [element('p', { class: 'hint' }, text('NoClassFound'))]));
  }
}
