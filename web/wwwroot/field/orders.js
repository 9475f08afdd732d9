import { ask, json } from './requests.js';
import { element, text, time } from './texts.js';

// Tasks of emergencies that wait for the person. They are answered at once or not at all: who commands counts on an answer, so none waits in the outbox.

export class Orders {
  constructor(list, say, again) {
    Object.assign(this, { list, say, again });
  }

  show(orders) {
    const typed = new Map([...this.list.querySelectorAll('[data-order]')].map(card => [card.dataset.order, card.querySelector('textarea').value]));
    this.list.replaceChildren(...orders.map(order => this.#card(order, typed.get(`${order.emergency}-${order.number}`) ?? '')));
    return orders.length;
  }

  #card(order, typed) {
    const key = `${order.emergency}-${order.number}`, fault = element('p', { class: 'fault-box', role: 'alert', hidden: true });
    const note = element('textarea', { class: 'input', id: `order-${key}`, rows: 2, maxlength: 2000 });
    note.value = typed;
    const button = (state, name, kind) => element('button', { type: 'button', class: kind, 'data-answer': state, onclick: event => this.#answer(order, state, note, fault, event.target) }, name);
    return element('li', { 'data-order': key, 'data-order-state': order.state },
      element('h2', {}, order.title),
      element('p', {}, order.said),
      element('p', { class: 'hint' }, [order.who, time(order.at), order.to].join(' · ')),
      element('label', { class: 'input-label', for: note.id }, text('OrderAnswer')), note, fault,
      element('div', { class: 'row' }, order.state === 'sent' ? button('taken', text('OrderTake'), 'button main') : null, button('done', text('OrderDone'), order.state === 'sent' ? 'button' : 'button main')));
  }

  async #answer(order, state, note, fault, button) {
    button.disabled = true;
    const outcome = await ask(`/api/command/${order.emergency}/tasks/${order.number}/answer`, { method: 'POST', ...json({ state, said: note.value.trim() }) }, answer => answer?.number === order.number);
    button.disabled = false;
    fault.hidden = outcome.is === 'done';
    fault.textContent = { refused: outcome.sentence, later: text('OrderNeedsNetwork'), 'signed-out': text('SignInAgain', 0) }[outcome.is] ?? '';
    if (outcome.is !== 'done')
      return;
    note.value = '';
    this.say(text('OrderTold'));
    await this.again();
  }
}
