// The worker of hls.js would be made of text, which the pages' policy forbids; a camera's stream is parsed here.
const settings = { enableWorker: false, liveSyncDurationCount: 2, maxBufferLength: 20, backBufferLength: 10 };
const patience = 5000;

export async function create(element, address) {
  const { Hls } = await import(new URL('../dist/player.js', import.meta.url).href);
  return new Player(element, address, Hls);
}

class Player {
  constructor(element, address, Hls) {
    Object.assign(this, { element, address, Hls, video: element.querySelector('video') });
    this.video.addEventListener('timeupdate', () => this.show('playing'));
    element.querySelector('[data-play-again]').addEventListener('click', () => this.begin());
    this.begin();
  }

  begin() {
    this.end();
    this.show('waiting');
    if (!this.Hls.isSupported()) {
      // Safari plays HLS by itself.
      this.video.onerror = () => this.fail();
      this.video.src = this.address;
      return;
    }
    this.hls = new this.Hls(settings);
    this.hls.on(this.Hls.Events.ERROR, (_, { fatal }) => fatal && this.fail());
    this.hls.loadSource(this.address);
    this.hls.attachMedia(this.video);
  }

  // Tried again by itself, as a gateway that was restarted is there again.
  fail() {
    this.end();
    this.show('broken');
    this.again = setTimeout(() => this.begin(), patience);
  }

  show(state) {
    if (this.element.dataset.state !== state && (state !== 'playing' || this.video.currentTime > 0))
      this.element.dataset.state = state;
  }

  end() {
    clearTimeout(this.again);
    this.hls?.destroy();
    this.hls = null;
  }

  dispose() {
    this.end();
    this.video.removeAttribute('src');
    this.video.load();
  }
}
