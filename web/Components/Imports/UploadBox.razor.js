import { Upload } from '../../uploads.js';

// Uploads belong to the page as a whole: boxes come and go with what is shown, uploads go on.
const running = new Set();
const boxes = new Set();

export function attach(element, dotnet, texts, mends) {
  const box = new Box(element, dotnet, texts, mends);
  boxes.add(box);
  box.draw();
  element.dataset.ready = 'true';
  return box;
}

window.addEventListener('beforeunload', event => {
  if ([...running].some(upload => upload.isUnderWay))
    event.preventDefault();
});

class Box {
  constructor(element, dotnet, texts, mends) {
    Object.assign(this, { element, dotnet, texts, mends, list: element.querySelector('[data-running]'), drop: element.querySelector('[data-drop]') });
    for (const [button, input] of [['[data-choose-files]', '[data-files]'], ['[data-choose-folder]', '[data-folder]']])
      element.querySelector(button).addEventListener('click', () => element.querySelector(input).click());
    for (const input of element.querySelectorAll('input'))
      input.addEventListener('change', () => {
        this.begin([...input.files].map(file => ({ file, path: file.webkitRelativePath || file.name })));
        input.value = '';
      });
    this.drop.addEventListener('dragover', event => { event.preventDefault(); this.drop.classList.add('over'); });
    this.drop.addEventListener('dragleave', () => this.drop.classList.remove('over'));
    this.drop.addEventListener('drop', async event => {
      event.preventDefault();
      this.drop.classList.remove('over');
      this.begin(await filesOf(event.dataTransfer));
    });
  }

  detach() { boxes.delete(this); }

  begin(files) {
    if (!files.length)
      return;
    const upload = new Upload(files, this.mends, change => {
      if (change === 'ended')
        running.delete(upload);
      boxes.forEach(box => box.draw());
      if (change && upload.job)
        boxes.forEach(box => box.tell(change === 'completed' ? 'Completed' : 'Changed', upload.job));
    });
    running.add(upload);
    this.draw();
    upload.run();
  }

  // The circuit may be away for a moment; the pages look into the database by themselves.
  tell(what, job) { this.dotnet.invokeMethodAsync(what, job).catch(fault => console.debug(fault)); }

  draw() {
    const rows = new Map([...this.list.children].map(row => [row.upload, row]));
    for (const [upload, row] of rows)
      if (!running.has(upload))
        row.remove();
    for (const upload of running) {
      const row = rows.get(upload) ?? this.#row(upload);
      const share = upload.total ? upload.sent / upload.total : 1;
      row.querySelector('progress').value = share;
      row.querySelector('output').textContent = this.#sentence(upload, share);
      row.dataset.state = upload.state;
      row.querySelector('[data-pause]').hidden = !['sending', 'retrying'].includes(upload.state);
      row.querySelector('[data-resume]').hidden = upload.state !== 'paused';
    }
  }

  #row(upload) {
    const row = document.createElement('li');
    row.upload = upload;
    row.innerHTML = '<b></b><progress max="1"></progress><output></output><span><button type="button" data-pause></button><button type="button" data-resume></button><button type="button" data-stop></button></span>';
    row.querySelector('b').textContent = upload.name + (upload.files.length > 1 ? ` · ${this.texts.Files.replace('{0}', upload.files.length)}` : '');
    row.querySelector('progress').setAttribute('aria-label', upload.name);
    const button = (name, word, act) => {
      const one = row.querySelector(`[data-${name}]`);
      one.textContent = this.texts[word];
      one.addEventListener('click', act);
    };
    button('pause', 'Pause', () => upload.pause());
    button('resume', 'Resume', () => upload.resume());
    button('stop', 'Stop', () => upload.isUnderWay && !confirm(this.texts.UploadAsk) ? null : upload.stop());
    this.list.append(row);
    return row;
  }

  #sentence(upload, share) {
    const fill = (text, ...values) => values.reduce((filled, value, at) => filled.replace(`{${at}}`, value), text);
    const progress = fill(this.texts.UploadOf, `${Math.floor(share * 100)} %`, megabytes(upload.sent), megabytes(upload.total), megabytes(upload.bytesPerSecond));
    switch (upload.state) {
      case 'failed': return upload.sentence || this.texts.FileGone;
      case 'paused': return `${this.texts.UploadPaused} ${progress}`;
      case 'retrying': return `${this.texts.UploadRetry} ${progress}`;
      case 'completed': return this.texts.UploadDone;
      default: return progress;
    }
  }
}

const megabytes = bytes => bytes >= 1e9 ? `${(bytes / 1e9).toFixed(2)} GB` : bytes >= 1e6 ? `${(bytes / 1e6).toFixed(bytes >= 1e7 ? 0 : 1)} MB` : `${Math.round(bytes / 1e3)} kB`;

// Files and folders as they were dropped, each with its path from there.
async function filesOf(transfer) {
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length)
    return [...transfer.files].map(file => ({ file, path: file.name }));
  return (await Promise.all(entries.map(walk))).flat();
}

async function walk(entry) {
  if (entry.isFile)
    return [{ file: await new Promise((done, fail) => entry.file(done, fail)), path: entry.fullPath.replace(/^\//, '') }];
  const reader = entry.createReader();
  const children = [];
  // A folder is read in parts, until a part is empty.
  for (let part; (part = await new Promise((done, fail) => reader.readEntries(done, fail))).length;)
    children.push(...part);
  return (await Promise.all(children.map(walk))).flat();
}
