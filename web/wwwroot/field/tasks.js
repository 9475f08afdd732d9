import { Photos } from './photos.js';
import { element, text, time } from './texts.js';

// The cases that wait for the person, as they stood when the phone took them along and as what is in the outbox will bring them further.

export class Tasks {
  start = null;

  constructor(view, dialog, outbox, say) {
    Object.assign(this, { view, dialog, outbox, say, list: view.querySelector('[data-tasks]'), form: dialog.querySelector('form') });
    this.photos = new Photos(this.form, fault => this.#complain(fault));
    this.form.addEventListener('submit', event => { event.preventDefault(); this.#send(); });
  }

  async show(start, items) {
    this.start = start;
    const tasks = start.tasks.map(task => ahead(task, items, start.moves)).filter(task => !task.isGone);
    this.view.querySelector('[data-as-of]').textContent = text('AsOf', tasks.length, time(start.at));
    this.view.querySelector('[data-no-tasks]').hidden = tasks.length > 0;
    this.list.replaceChildren(...tasks.map(task => this.#card(task)));
    return tasks.length;
  }

  // A move that was refused, to be put right.
  mend(item) {
    const move = this.start.moves.find(one => one.id === item.fields.move);
    if (move)
      this.#open({ fid: item.fid, title: item.title }, move, item);
  }

  #card(task) {
    const moves = this.start.moves.filter(move => isPossible(move, task)).sort((one, other) => other.isDuty - one.isDuty);
    const deadline = task.deadline && element('span', { class: `deadline ${urgency(task)}` }, text(new Date(task.deadline) < new Date() ? 'OverdueSince' : 'Until', time(task.deadline)));
    return element('li', { 'data-task': task.fid },
      element('h2', {}, task.title ?? task.number),
      element('p', { class: 'facts' }, element('b', {}, this.start.stages[task.stage] ?? task.stage), task.requestName && task.request ? ` · ${task.requestName}` : '', ' ', deadline),
      element('p', { class: 'hint' }, [task.number, task.address, task.department, text('SeenAt', task.occurredAt ? time(task.occurredAt) : '–')].filter(Boolean).join(' · ')),
      task.waits ? element('p', { class: 'hint', 'data-queued': task.waits }, text('Queued', task.waits)) : null,
      element('div', { class: 'row' }, ...moves.map(move => element('button', { type: 'button', class: move.isDuty ? 'button main' : 'button', 'data-move': move.id, onclick: () => this.#open(task, move) }, move.name)),
        element('a', { class: 'button', href: `geo:${task.latitude},${task.longitude}?q=${task.latitude},${task.longitude}` }, text('WayThere'))));
  }

  #open(task, move, mended) {
    Object.assign(this, { task, move, mended });
    this.dialog.querySelector('[data-move-title]').textContent = `${move.name} · ${task.title ?? task.number}`;
    this.dialog.querySelector('[data-move-note-label]').textContent = text(move.needs.includes('note') ? 'Note' : 'NoteOptional');
    this.dialog.querySelector('[data-move-delay]').hidden = !move.needs.includes('delay');
    this.dialog.querySelector('[data-move-note]').value = mended?.fields.note ?? '';
    this.photos.set(mended?.photos ?? []);
    this.#complain(mended?.refusal?.sentence);
    this.dialog.showModal();
  }

  async #send() {
    const { move, task, mended } = this, note = this.dialog.querySelector('[data-move-note]').value.trim(), hours = Number(this.dialog.querySelector('[data-move-hours]').value);
    const needs = need => move.needs.includes(need);
    const fault = needs('note') && !note ? text('NeedsNote') : needs('photo') && !this.photos.blobs.length ? text('NeedsPhoto') : needs('delay') && !(hours > 0) ? text('NeedsDelay') : null;
    this.#complain(fault);
    if (fault)
      return;
    const changes = { fields: { move: move.id, note, ...(needs('delay') ? { delayMinutes: Math.round(hours * 60) } : {}) }, photos: this.photos.blobs };
    if (mended)
      await this.outbox.change(mended, { ...changes, state: 'waiting', refusal: null });
    else
      await this.outbox.add({ kind: 'move', thread: `case-${task.fid}`, fid: task.fid, after: task.seen, title: `${move.name} · ${task.title ?? task.number}`, ...changes });
    this.dialog.close();
    this.say(text(navigator.onLine ? 'MoveKept' : 'MoveKeptOffline', move.name));
    this.outbox.send();
  }

  #complain(sentence) {
    const box = this.dialog.querySelector('[data-move-fault]');
    box.hidden = !sentence;
    box.textContent = sentence ?? '';
  }
}

// How a case will stand when what waits has been sent. One that was sent since is no longer a task as it was; the next look at the server says what it is.
function ahead(task, items, moves) {
  const mine = items.filter(item => item.kind === 'move' && item.fid === task.fid);
  if (mine.some(item => item.state === 'sent' && item.answer?.moves > task.moves))
    return { ...task, isGone: true };
  const queued = mine.filter(item => item.state !== 'sent').map(item => moves.find(move => move.id === item.fields.move)).filter(Boolean);
  const last = queued.reduce((at, move) => ({
    stage: move.to ?? at.stage, request: move.to && move.to !== at.stage || move.answers ? null : move.opens ?? at.request, hasHandled: at.hasHandled || move.isOfHandlers,
  }), task);
  return { ...task, ...last, seen: task.moves, waits: queued.length };
}

const isPossible = (move, task) => move.from.includes(task.stage) && (!move.answers || move.answers === task.request) && (!move.opens || !task.request) && !(move.verifies && task.hasHandled);

const urgency = ({ deadline, warning }) => new Date(deadline) < new Date() ? 'overdue' : warning && new Date(warning) < new Date() ? 'warning' : 'in-time';
