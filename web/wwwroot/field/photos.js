import { element, text } from './texts.js';

// Photos of a form: made smaller on the phone, so that they are quick to send and take little room, and shown as they will be sent.

const most = 9, side = 1600, quality = 0.82;

export class Photos {
  constructor(form, onFault) {
    Object.assign(this, { list: form.querySelector('[data-pictures]'), onFault, blobs: [] });
    for (const input of form.querySelectorAll('input[type=file]'))
      input.addEventListener('change', () => this.#take(input));
  }

  set(blobs) {
    this.blobs = [...blobs];
    this.#show();
  }

  async #take(input) {
    const files = [...input.files];
    input.value = '';
    this.onFault(null);
    for (const file of files)
      if (this.blobs.length >= most)
        this.onFault(text('TooManyPhotos', most));
      else
        try {
          this.blobs.push(await smaller(file));
        } catch {
          this.onFault(text('NoPhoto', file.name));
        }
    this.#show();
  }

  #show() {
    this.list.querySelectorAll('img').forEach(picture => URL.revokeObjectURL(picture.src));
    this.list.replaceChildren(...this.blobs.map((blob, at) => element('li', {},
      element('img', { src: URL.createObjectURL(blob), alt: text('Photo', at + 1) }),
      element('button', { type: 'button', 'aria-label': text('RemovePhoto', at + 1), onclick: () => this.set(this.blobs.filter(one => one !== blob)) }, '×'))));
  }
}

// Upright, as the camera was held; whatever else the file tells (where, with what) stays behind.
async function smaller(file) {
  const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(picture.width * scale), height: Math.round(picture.height * scale) });
  canvas.getContext('2d').drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  return new Promise((done, failed) => canvas.toBlob(blob => blob ? done(blob) : failed(new Error('not drawn')), 'image/jpeg', quality));
}
