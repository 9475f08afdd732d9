import * as store from './store.js';
import { ask, json } from './requests.js';

// What is to be sent, in order. Each item has a token that this phone made, by which the server knows it again: it may be sent as often as needed and counts once. Items of one thread (a
// case, a patrol) wait for each other: one that was refused holds up those behind it until somebody mends or deletes it.
//   { number, token, person, kind, thread, at, title, state: 'waiting' | 'sent' | 'refused', refusal, answer, photos: [Blob], … what its kind needs }

const lock = 'cityops-field-outbox', batch = 500, sentDays = 2;

export class Outbox extends EventTarget {
  #wanted = false;

  constructor(person) {
    super();
    Object.assign(this, { person, sending: null, pause: null, trackRefusal: null });
    addEventListener('online', () => this.send());
    addEventListener('offline', () => this.#rest('offline'));
  }

  async items() {
    return (await store.all('outbox')).filter(item => item.person === this.person.id);
  }

  async unsent() {
    return (await this.items()).filter(item => item.state !== 'sent');
  }

  async add(item) {
    const kept = { token: crypto.randomUUID(), thread: crypto.randomUUID(), photos: [], ...item, person: this.person.id, at: new Date().toISOString(), state: 'waiting' };
    kept.number = await store.put('outbox', kept);
    this.#changed();
    return kept;
  }

  // What it was is forgotten, but for its token and its place in the order.
  async change(item, changes) {
    await store.put('outbox', { ...item, ...changes });
    this.#changed();
  }

  again(item, changes) {
    return this.change(item, { ...changes, state: 'waiting', refusal: null }).then(() => this.send());
  }

  async remove(item) {
    // What was to happen to a case that will never be there goes with it.
    for (const one of item.kind === 'report' ? (await this.items()).filter(other => other.thread === item.thread && !other.fid) : [item])
      await store.drop('outbox', one.number);
    this.#changed();
    this.send();
  }

  async removeSent() {
    for (const item of (await this.items()).filter(one => one.state === 'sent'))
      await store.drop('outbox', item.number);
    this.#changed();
  }

  // Sends what waits; of several pages of one browser one does it.
  async send() {
    this.#wanted = true;
    clearTimeout(this.timer);
    await navigator.locks.request(lock, { ifAvailable: true }, async mine => {
      while (mine && this.#wanted) {
        this.#wanted = false;
        await this.#sendAll();
      }
    });
  }

  async #sendAll() {
    const waiting = (await this.unsent()).some(item => item.state === 'waiting') || (await store.all('points', store.pointsOf(this.person.id), 1)).length;
    if (!navigator.onLine)
      return this.#rest('offline');
    if (!waiting)
      return this.#rest(null);
    const stopped = await this.#stranger() ?? await this.#sendItems() ?? await this.#sendPoints();
    if (stopped?.is === 'later')
      this.timer = setTimeout(() => this.send(), stopped.seconds * 1000);
    this.#rest(stopped ? { later: navigator.onLine ? 'later' : 'offline' }[stopped.is] ?? stopped.is : null);
  }

  // What one person wrote is not sent in the name of another who has signed in meanwhile.
  async #stranger() {
    const outcome = await ask('/api/field/me', {}, answer => typeof answer?.id === 'string');
    return outcome.is !== 'done' ? outcome : outcome.answer.id === this.person.id ? null : { is: 'stranger' };
  }

  async #sendItems() {
    const held = new Set();
    // Read anew each time: an item may be deleted, and needs what became of the one before it.
    for (let last = 0; ;) {
      const items = await this.items();
      const item = items.find(one => one.number > last && one.state !== 'sent');
      if (!item)
        return null;
      last = item.number;
      if (item.state === 'refused')
        held.add(item.thread);
      if (held.has(item.thread))
        continue;
      const outcome = await this.#sendItem(item, items);
      if (outcome.is === 'refused')
        held.add(item.thread);
      else if (outcome.is !== 'done')
        return outcome;
    }
  }

  async #sendItem(item, items) {
    this.sending = item.number;
    this.#changed();
    const { url, isAnswer, ...options } = requestOf(item, items);
    const outcome = await ask(url, options, isAnswer);
    this.sending = null;
    if (outcome.is === 'done')
      await this.change(item, { state: 'sent', answer: outcome.answer, photos: [], sentAt: new Date().toISOString(), photoCount: item.photos.length });
    else if (outcome.is === 'refused')
      await this.change(item, { state: 'refused', refusal: { code: outcome.code, sentence: outcome.sentence } });
    else
      this.#changed();
    return outcome;
  }

  async #sendPoints() {
    for (;;) {
      const points = await store.all('points', store.pointsOf(this.person.id), batch);
      if (!points.length)
        return null;
      const outcome = await ask('/api/patrols/track', { method: 'POST', ...json({ points: points.map(({ person, ...point }) => point) }) }, answer => Number.isInteger(answer?.stored));
      this.trackRefusal = outcome.is === 'refused' ? outcome.sentence : null;
      if (outcome.is !== 'done')
        return outcome.is === 'refused' ? null : outcome;
      await store.drop('points', IDBKeyRange.bound([this.person.id, points[0].at], [this.person.id, points.at(-1).at]));
    }
  }

  async tidy() {
    const old = new Date(Date.now() - sentDays * 86_400_000).toISOString();
    for (const item of (await this.items()).filter(one => one.state === 'sent' && one.sentAt < old))
      await store.drop('outbox', item.number);
  }

  #rest(reason) {
    this.pause = reason;
    this.#changed();
  }

  #changed() { this.dispatchEvent(new Event('changed')); }
}

const isCase = answer => Number.isInteger(answer?.fid) && Number.isInteger(answer?.moves);

function requestOf(item, items) {
  // The move before it on this phone says how far the case has come.
  const before = items.filter(one => one.thread === item.thread && one.number < item.number && one.state === 'sent' && one.answer?.fid).at(-1)?.answer;
  switch (item.kind) {
    case 'report':
      return { url: '/api/cases', method: 'POST', body: formOf({ ...item.fields, token: item.token }, item.photos), isAnswer: isCase };
    case 'move':
      return { url: `/api/cases/${item.fid ?? before?.fid}/moves`, method: 'POST', body: formOf({ ...item.fields, after: Math.max(item.after ?? 0, before?.moves ?? 0), token: item.token }, item.photos), isAnswer: isCase };
    case 'patrol':
      return { url: `/api/patrols/${item.thread}`, method: 'PUT', ...json(item.fields), isAnswer: () => false };
    default:
      return { url: '/api/patrols/notes', method: 'POST', ...json({ ...item.fields, id: item.token }), isAnswer: () => false };
  }
}

function formOf(fields, photos) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields))
    if (value !== null && value !== undefined && value !== '')
      form.append(name, value);
  photos.forEach((photo, at) => form.append('photos', photo, `${at + 1}.jpg`));
  return form;
}
