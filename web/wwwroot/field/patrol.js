import * as store from './store.js';
import { element, text, time } from './texts.js';

// A patrol: while it is on, the phone writes down where it is, at most every few seconds and metres, and the outbox sends that in batches. Begin and end are items of the outbox.

const leastMilliseconds = 5_000, leastMeters = 8, mostMeters = 100, sendMilliseconds = 60_000;

export class Patrol {
  constructor(view, outbox, say) {
    Object.assign(this, { view, outbox, say, count: 0, key: `patrol:${outbox.person.id}` });
    this.switch = view.querySelector('[data-patrol-switch]');
    this.switch.addEventListener('click', () => this.current ? this.#end() : this.#begin());
    view.querySelector('[data-patrol-note]').addEventListener('submit', event => { event.preventDefault(); this.#note(); });
    document.addEventListener('visibilitychange', () => this.#stayAwake());
  }

  // A patrol that was on when the browser was closed goes on.
  async begin() {
    this.current = await store.get('kept', this.key) ?? null;
    if (this.current)
      this.#watch();
    this.show();
  }

  show() {
    this.switch.textContent = text(this.current ? 'EndPatrol' : 'BeginPatrol');
    this.switch.classList.toggle('on', !!this.current);
    this.view.querySelector('[data-patrol-note]').hidden = !this.current;
    const parts = !this.current ? [text('NoPatrol')] : [text('PatrolSince', time(this.current.begun)), this.fault ?? (this.last ? text('LastPoint', this.count, Math.round(this.last.accuracy)) : text('Locating'))];
    const box = this.view.querySelector('[data-patrol-state]');
    box.dataset.patrolState = this.current ? 'on' : 'off';
    box.replaceChildren(...parts.map(part => element('span', {}, part)), ...(this.outbox.trackRefusal ? [element('span', { class: 'fault-box' }, this.outbox.trackRefusal)] : []));
  }

  async #begin() {
    this.current = { id: crypto.randomUUID(), begun: new Date().toISOString() };
    this.count = 0;
    await store.put('kept', this.current, this.key);
    await this.outbox.add({ kind: 'patrol', thread: this.current.id, title: text('PatrolBegun'), fields: { begun: this.current.begun } });
    this.#watch();
    this.show();
    this.outbox.send();
  }

  async #end() {
    const { id, begun } = this.current;
    this.#stop();
    this.current = null;
    await store.drop('kept', this.key);
    await this.outbox.add({ kind: 'patrol', thread: id, title: text('PatrolEnded'), fields: { begun, ended: new Date().toISOString() } });
    this.show();
    this.outbox.send();
  }

  async #note() {
    const field = this.view.querySelector('[data-patrol-text]'), note = field.value.trim();
    const fault = !note ? text('NeedsNote') : !this.last ? text('NeedsPlace') : null, box = this.view.querySelector('[data-patrol-fault]');
    box.hidden = !fault;
    box.textContent = fault ?? '';
    if (fault)
      return field.focus();
    const { at, longitude, latitude } = this.last;
    await this.outbox.add({ kind: 'note', thread: this.current.id, title: text('PatrolNoteTitle'), fields: { patrol: this.current.id, at, longitude, latitude, note } });
    field.value = '';
    this.say(text('NoteKept'));
    this.outbox.send();
  }

  #watch() {
    this.#stop();
    this.#stayAwake();
    this.watching = navigator.geolocation?.watchPosition(position => this.#take(position), fault => {
      this.fault = text(fault.code === fault.PERMISSION_DENIED ? 'LocationDenied' : 'NoLocationYet');
      this.show();
    }, { enableHighAccuracy: true, maximumAge: 0, timeout: 60_000 });
    this.sending = setInterval(() => this.outbox.send(), sendMilliseconds);
  }

  #stop() {
    navigator.geolocation?.clearWatch(this.watching);
    clearInterval(this.sending);
    this.lock?.release();
    Object.assign(this, { last: null, fault: null, lock: null });
  }

  async #take({ coords, timestamp }) {
    const point = { person: this.outbox.person.id, at: new Date(timestamp).toISOString(), longitude: coords.longitude, latitude: coords.latitude, accuracy: coords.accuracy };
    this.fault = null;
    const before = this.last;
    if (before && Date.parse(point.at) - Date.parse(before.at) < leastMilliseconds && metersBetween(before, point) < leastMeters)
      return;
    this.last = point;
    if (point.accuracy <= mostMeters) {
      await store.put('points', point);
      this.count++;
    }
    this.show();
  }

  // Phones sleep, and positions with them; where the browser can, the screen stays on.
  async #stayAwake() {
    if (this.current && document.visibilityState === 'visible' && navigator.wakeLock)
      this.lock = await navigator.wakeLock.request('screen').catch(() => null);
  }
}

// On a sphere, near enough for metres.
function metersBetween(one, other) {
  const radians = Math.PI / 180, east = (other.longitude - one.longitude) * Math.cos(one.latitude * radians), north = other.latitude - one.latitude;
  return Math.hypot(east, north) * radians * 6_371_000;
}
