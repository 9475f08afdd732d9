import { element, text, time } from './texts.js';
import { ask } from './requests.js';

// The outbox as a list: what waits, what is being sent, what was sent, what was refused, with the server's sentence and a way on.

export class Letters {
  constructor(view, outbox, onMend) {
    Object.assign(this, { view, outbox, onMend, list: view.querySelector('[data-outbox]') });
    view.querySelector('[data-send-now]').addEventListener('click', () => outbox.send());
    view.querySelector('[data-clear-sent]').addEventListener('click', () => outbox.removeSent());
  }

  show(items) {
    this.view.querySelector('[data-no-outbox]').hidden = items.length > 0;
    this.view.querySelector('[data-clear-sent]').hidden = !items.some(item => item.state === 'sent');
    this.view.querySelector('[data-send-now]').hidden = !items.some(item => item.state === 'waiting');
    this.list.querySelectorAll('img').forEach(picture => URL.revokeObjectURL(picture.src));
    this.list.replaceChildren(...items.toReversed().map(item => this.#card(item, items)));
  }

  #card(item, items) {
    const holder = items.find(one => one.thread === item.thread && one.number < item.number && one.state === 'refused');
    const state = item.state !== 'waiting' ? item.state : this.outbox.sending === item.number ? 'sending' : holder ? 'held' : 'waiting';
    const note = item.fields?.note;
    return element('li', { 'data-item': item.kind, 'data-state': state },
      element('p', { class: 'facts' }, element('span', { class: `badge ${state}` }, text(`state.${state}`)), element('span', { class: 'hint' }, time(item.at))),
      element('h2', {}, item.title),
      note ? element('p', { class: 'note' }, note) : null,
      item.photos.length ? element('ul', { class: 'pictures' }, ...item.photos.map((photo, at) => element('li', {}, element('img', { src: URL.createObjectURL(photo), alt: text('Photo', at + 1) })))) : null,
      item.answer?.number ? element('p', { class: 'hint' }, text('SentAs', item.answer.number)) : null,
      item.refusal ? element('p', { class: 'fault-box', role: 'alert', 'data-refusal': item.refusal.code }, item.refusal.sentence) : null,
      state === 'refused' || state === 'waiting' || state === 'held' ? element('div', { class: 'row' }, ...this.#ways(item, state)) : null);
  }

  *#ways(item, state) {
    if (state === 'refused' && item.kind === 'move' && item.refusal.code === 'somebody-was-faster')
      yield element('button', { type: 'button', class: 'button main', 'data-again': true, onclick: () => this.#after(item) }, text('SendAnyway'));
    else if (state === 'refused' && item.kind !== 'patrol')
      yield element('button', { type: 'button', class: 'button main', 'data-mend': true, onclick: () => this.onMend(item) }, text('Mend'));
    if (state === 'refused')
      yield element('button', { type: 'button', class: 'button', 'data-again': true, onclick: () => this.outbox.again(item) }, text('Again'));
    yield element('button', { type: 'button', class: 'button', 'data-delete': true, onclick: ({ target }) => this.#delete(item, target) }, text('Delete'));
  }

  // The case as it stands now is what the person has seen.
  async #after(item) {
    const outcome = await ask(`/api/cases/${item.fid}`, {}, answer => Number.isInteger(answer?.moves));
    if (outcome.is === 'done')
      this.outbox.again(item, { after: outcome.answer.moves });
  }

  // Asked twice: what is deleted here is nowhere else.
  #delete(item, button) {
    if (button.dataset.asked)
      return this.outbox.remove(item);
    button.dataset.asked = 'yes';
    button.textContent = text('DeleteReally');
  }
}
