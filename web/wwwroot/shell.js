// The frame that came with the document goes when the circuit draws the page's own: before the browser paints, so that nothing is seen twice and nothing jumps. A map
// that draws in it stays where it is until the page takes it over (first-map.js).
{
  const shell = document.querySelector('.shell');
  const watch = new MutationObserver(() => {
    if (!document.querySelector('body > .mud-layout, body > main'))
      return;
    watch.disconnect();
    const map = shell.querySelector('.first-map');
    if (map)
      keep(map);
    shell.remove();
  });
  watch.observe(document.body, { childList: true });

  function keep(map) {
    const { left, top, width, height } = map.getBoundingClientRect();
    Object.assign(map.style, { position: 'fixed', zIndex: 1, inset: 'auto', left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
    map.inert = true;
    map.ariaHidden = 'true';
    document.body.prepend(map);
    // A page that shows no map, as one that says what is wrong, has no use for it.
    setTimeout(() => map.remove(), 10_000);
  }
}
