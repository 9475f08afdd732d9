import { Classes } from './classes.js';
import { Photos } from './photos.js';
import { Place } from './place.js';
import { text } from './texts.js';

// The report of a case. It goes into the outbox and is said to be there; the form is ready for the next one at once.

export class Report {
  constructor(view, dialog, outbox, say) {
    this.form = view.querySelector('[data-report]');
    Object.assign(this, { outbox, say, note: this.form.querySelector('[data-note]'), self: this.form.querySelector('[data-self-handled]'), mended: null });
    this.classes = new Classes(this.form, dialog, outbox.person);
    this.photos = new Photos(this.form, fault => this.#complain(fault));
    this.place = new Place(this.form);
    this.form.addEventListener('submit', event => { event.preventDefault(); this.#send(); });
  }

  fill(start) {
    this.form.querySelector('[data-self]').hidden = !start.maySelfHandle;
    return this.classes.fill(start.classes);
  }

  show(isShown) {
    if (!isShown)
      this.place.stop();
    else if (!this.mended && !this.place.current?.isByHand)
      this.place.byPhone();
  }

  // One that was refused, to be put right.
  mend(item) {
    this.mended = item;
    this.classes.choose(item.fields.classCode);
    this.note.value = item.fields.note;
    this.photos.set(item.photos);
    this.place.set({ longitude: item.fields.longitude, latitude: item.fields.latitude, isByHand: true });
    this.self.checked = false;
    this.form.querySelector('[data-self]').hidden = true;
    this.#complain(item.refusal?.sentence);
  }

  async #send() {
    const [fault, field] = this.#lacks();
    this.#complain(fault);
    if (fault)
      return field?.focus();
    const { name, code } = this.classes.chosen, { longitude, latitude } = this.place.current;
    const fields = { classCode: code, classTable: this.classes.chosen.table, note: this.note.value.trim(), longitude, latitude, occurredAt: this.mended?.fields.occurredAt ?? new Date().toISOString() };
    const photos = this.photos.blobs;
    if (this.mended)
      await this.outbox.change(this.mended, { fields, photos, title: name, state: 'waiting', refusal: null });
    else {
      const item = await this.outbox.add({ kind: 'report', title: name, fields, photos });
      if (this.self.checked)
        await this.outbox.add({ kind: 'move', thread: item.thread, title: text('SelfHandledTitle', name), fields: { move: 'self-handle', note: fields.note }, photos });
    }
    await this.classes.remember();
    this.#clear();
    this.say(text(navigator.onLine ? 'ReportKept' : 'ReportKeptOffline'));
    this.outbox.send();
  }

  #lacks() {
    return !this.classes.chosen ? [text('NeedsClass'), this.form.querySelector('[data-choose-class]')]
      : !this.place.current ? [text('NeedsPlace'), this.form.querySelector('[data-correct]')]
      : !this.note.value.trim() ? [text('NeedsNote'), this.note]
      : this.self.checked && !this.photos.blobs.length ? [text('NeedsPhoto'), this.form.querySelector('[data-camera]')]
      : [null, null];
  }

  #clear() {
    this.mended = null;
    this.classes.choose(null);
    this.note.value = '';
    this.self.checked = false;
    this.photos.set([]);
    this.place.byPhone();
    scrollTo({ top: 0 });
  }

  #complain(sentence) {
    const box = this.form.querySelector('[data-fault]');
    box.hidden = !sentence;
    box.textContent = sentence ?? '';
  }
}
