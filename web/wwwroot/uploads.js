// Sends the files of a delivery in chunks. A connection that is cut, a server that starts again and a page that is loaded anew lose a chunk at most: the server says
// how much of each file it has, and the same files go on from there.

const address = '/api/imports/uploads';
const longestWaitMs = 15_000;

export class Upload {
  #gate = null;
  #abort = null;
  #samples = [];

  // files: [{ file, path }]. mends: number of the batch whose rows they mend, or null. tell: called after every change; with 'changed', 'completed' or 'ended' where others should know.
  constructor(files, mends, tell) {
    Object.assign(this, { files, mends, tell, sent: 0, state: 'sending', sentence: '', job: null, bytesPerSecond: 0 });
    this.total = files.reduce((sum, { file }) => sum + file.size, 0);
    this.name = files.length === 1 ? files[0].file.name : files[0].path.split('/')[0];
  }

  get isUnderWay() { return ['sending', 'retrying', 'paused'].includes(this.state); }

  async run() {
    try {
      const begun = await this.#begin();
      if (!begun)
        return;
      const byPath = new Map(this.files.map(one => [one.path.replace(/^\/+/, '').normalize(), one.file]));
      this.job = begun.job;
      this.total = begun.files.reduce((sum, one) => sum + one.size, 0);
      this.sent = begun.files.reduce((sum, one) => sum + one.offset, 0);
      this.tell('changed');
      for (const one of begun.files)
        await this.#send(byPath.get(one.path), one, begun.chunk);
      this.#become('completed', 'completed');
      setTimeout(() => this.tell('ended'), 2_000);
    } catch (fault) {
      if (this.state === 'stopped')
        return;
      this.sentence = fault.sentence ?? '';
      this.#become('failed', 'changed');
      if (!fault.sentence)
        console.warn(fault);
    }
  }

  pause() {
    this.#gate = Promise.withResolvers();
    this.#become('paused');
    this.#abort?.abort();
  }

  resume() {
    this.#become('sending');
    this.#gate?.resolve();
    this.#gate = null;
  }

  async stop() {
    const wasUnderWay = this.isUnderWay;
    this.#become('stopped');
    this.#abort?.abort();
    this.#gate?.resolve();
    if (wasUnderWay && this.job)
      await fetch(`/api/imports/${this.job}/upload`, { method: 'DELETE' }).catch(fault => console.warn(fault));
    this.tell('changed');
    this.tell('ended');
  }

  #become(state, change) {
    if (this.state === 'stopped')
      return;
    this.state = state;
    this.tell(change);
  }

  async #begin() {
    const files = this.files.map(({ file, path }) => ({ path, size: file.size, modified: file.lastModified }));
    for (let failures = 0; this.state !== 'stopped';) {
      const answer = await this.#fetch(address, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ files, mends: this.mends }) });
      if (answer?.ok)
        return await answer.json();
      if (answer && answer.status < 500)
        throw await refusal(answer);
      await this.#wait(++failures);
    }
  }

  // target: { id, offset } as the server has it.
  async #send(file, target, chunkBytes) {
    let failures = 0;
    while (target.offset < file.size && this.state !== 'stopped') {
      await this.#gate?.promise;
      const chunk = new Uint8Array(await file.slice(target.offset, target.offset + chunkBytes).arrayBuffer());
      const headers = { 'content-type': 'application/offset+octet-stream', 'upload-offset': `${target.offset}`, 'upload-checksum': `crc32 ${checksumOf(chunk)}` };
      const answer = await this.#fetch(`${address}/${target.id}`, { method: 'PATCH', headers, body: chunk });
      if (answer?.ok) {
        failures = 0;
        this.#advance(target, target.offset + chunk.length);
      } else if (this.state === 'paused' || this.state === 'stopped') {
        continue;
      } else if (answer && answer.status < 500 && ![409, 423, 460].includes(answer.status)) {
        throw await refusal(answer);
      } else {
        await this.#wait(++failures);
        await this.#ask(target);
      }
    }
  }

  async #ask(target) {
    const answer = await this.#fetch(`${address}/${target.id}`, { method: 'HEAD' });
    if (answer?.ok)
      this.#advance(target, Number(answer.headers.get('upload-offset')));
  }

  #advance(target, offset) {
    this.sent += offset - target.offset;
    target.offset = offset;
    const now = performance.now();
    this.#samples = [...this.#samples.filter(one => now - one.at < 5_000), { at: now, sent: this.sent }];
    const first = this.#samples[0];
    this.bytesPerSecond = now > first.at ? (this.sent - first.sent) / (now - first.at) * 1_000 : 0;
    this.#become(this.state === 'paused' ? 'paused' : 'sending');
  }

  // Null where there is no connection.
  async #fetch(url, options) {
    this.#abort = new AbortController();
    try {
      return await fetch(url, { ...options, signal: this.#abort.signal });
    } catch (fault) {
      console.debug(fault);
      return null;
    }
  }

  async #wait(failures) {
    if (this.state === 'sending')
      this.#become('retrying');
    await new Promise(done => setTimeout(done, Math.min(longestWaitMs, 300 * 2 ** failures)));
  }
}

async function refusal(answer) {
  const problem = await answer.json().catch(() => ({}));
  return Object.assign(new Error(problem.title ?? `HTTP ${answer.status}`), { sentence: problem.detail ?? `HTTP ${answer.status}` });
}

// CRC-32 of ISO 3309, as ZIP and PNG have it. (Web Crypto is there on secure pages only, and many offices have none.)
const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  for (let bit = 0; bit < 8; bit++)
    byte = byte & 1 ? 0xedb88320 ^ (byte >>> 1) : byte >>> 1;
  return byte;
});

function checksumOf(bytes) {
  let crc = 0xffffffff;
  for (let at = 0; at < bytes.length; at++)
    crc = table[(crc ^ bytes[at]) & 0xff] ^ (crc >>> 8);
  crc = ~crc >>> 0;
  return btoa(String.fromCharCode(crc >>> 24, (crc >>> 16) & 0xff, (crc >>> 8) & 0xff, crc & 0xff));
}
